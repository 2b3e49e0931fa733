/** Entry of the companion page. */
import { createRoot } from 'react-dom/client';
import { startCompanionSession } from './app/companion-session.ts';
import { CompanionApp } from './ui/companion/CompanionApp.tsx';

const session = startCompanionSession();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<CompanionApp session={session} />);
