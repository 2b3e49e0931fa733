/** Entry of the companion page. */
import { createRoot } from 'react-dom/client';
import { startCompanionSession } from './features/companion/companion-session.ts';
import { CompanionApp } from './features/companion/ui/CompanionApp.tsx';

const session = startCompanionSession();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<CompanionApp session={session} />);
