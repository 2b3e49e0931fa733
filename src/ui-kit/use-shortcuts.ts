/** Keyboard shortcuts; off while a control has the key or a dialog is open. */
import { useEffect, useEffectEvent } from 'react';

export interface ShortcutActions {
  readonly freeze: () => void;
  readonly outlines: () => void;
  readonly mirror: () => void;
  readonly screenshot: () => void;
  readonly help: () => void;
}

/** Keys, actions, and their text in the help. */
export const SHORTCUTS: readonly {
  readonly key: string;
  readonly shown: string;
  readonly action: keyof ShortcutActions;
  readonly words: string;
}[] = [
  { key: ' ', shown: 'space', action: 'freeze', words: 'freeze or resume' },
  { key: 'o', shown: 'o', action: 'outlines', words: 'outlines on or off' },
  { key: 'm', shown: 'm', action: 'mirror', words: 'mirror the display on or off' },
  { key: 's', shown: 's', action: 'screenshot', words: 'save a screenshot' },
  { key: '?', shown: '?', action: 'help', words: 'this help' },
];

// Letters typed in a list or menu search it.
const TAKES_LETTERS =
  'input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu], [role=dialog]';
const TAKES_SPACE = `${TAKES_LETTERS}, button, a[href], summary, [role=slider], [role=switch]`;

/** @param actions those of the current view */
export function useShortcuts(actions: Partial<ShortcutActions>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const shortcut = SHORTCUTS.find(({ key }) => key === event.key.toLowerCase());
    if (shortcut === undefined) return;
    const act = actions[shortcut.action];
    if (act === undefined) return;
    const taken = shortcut.key === ' ' ? TAKES_SPACE : TAKES_LETTERS;
    if (event.target instanceof Element && event.target.closest(taken) !== null) return;
    // Space would scroll the page.
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
