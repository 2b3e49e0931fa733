/** Light, dark, or the system theme. */
import { useEffect } from 'react';
import { DropdownMenu } from 'radix-ui';
import type { Theme } from '../../../../app/view-store.ts';
import { CheckIcon, ThemeIcon } from '../../../../ui-kit/icons.tsx';
import { useSession, useView } from '../session-context.ts';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: 'system',
  light: 'light',
  dark: 'dark',
};

export function ThemeControl() {
  const session = useSession();
  const theme = useView((view) => view.theme);
  useTheme(theme);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-square" aria-label={`Theme: ${THEME_WORDS[theme]}`}>
        <ThemeIcon />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="list" sideOffset={4} align="end">
        <DropdownMenu.RadioGroup
          value={theme}
          onValueChange={(next) => {
            const chosen = THEMES.find((candidate) => candidate === next);
            if (chosen !== undefined) session.setView({ theme: chosen });
          }}
        >
          {THEMES.map((candidate) => (
            <DropdownMenu.RadioItem key={candidate} className="list-item" value={candidate}>
              <span className="list-mark">
                <DropdownMenu.ItemIndicator>
                  <CheckIcon />
                </DropdownMenu.ItemIndicator>
              </span>
              {THEME_WORDS[candidate]}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

/** Sets the theme on the document, where tokens.css reads it. */
function useTheme(theme: Theme): void {
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
}
