/** Links to the views and to the companion page. */
import { PAGE_VIEWS, type PageView } from './use-page-view.ts';

const WORDS: Readonly<Record<PageView, string>> = { live: 'Live', runs: 'Runs', evaluate: 'Evaluate' };
const CURRENT = { 'aria-current': 'page' } as const;

export function ViewLinks({ view }: { readonly view: PageView | 'companion' }) {
  // The companion page is a separate document.
  const document = view === 'companion' ? './' : '';
  return (
    <nav className="view-links" aria-label="Views">
      {PAGE_VIEWS.map((one) => (
        <a key={one} href={`${document}#/${one}`} {...(one === view && CURRENT)}>
          {WORDS[one]}
        </a>
      ))}
      <a href={view === 'companion' ? '#' : 'pi.html'} {...(view === 'companion' && CURRENT)}>
        Companion
      </a>
    </nav>
  );
}
