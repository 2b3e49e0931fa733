/** Puts the chosen theme on the document, where tokens.css reads it. */
import { useEffect } from 'react';
import type { Theme } from '../../../../app/view-store.ts';

export function useTheme(theme: Theme): void {
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
}
