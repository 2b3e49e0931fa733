/** Stores the settings for the next visit whenever one changes. */
import type { Place, SessionStore } from '../../app/session-store.ts';
import type { ViewStore } from '../../app/view-store.ts';
import { saveSettings, type Settings } from '../../app/settings.ts';

export interface KeptSettings {
  readonly save: () => void;
  /** Stores the place that the user chose: an agent that is unavailable today may be back tomorrow. */
  readonly choosePlace: (place: Place) => void;
}

/** @param settings of the start; those that do not change are stored as they were */
export function keepSettings(settings: Settings, session: SessionStore, view: ViewStore): KeptSettings {
  let { place } = settings;
  function save(): void {
    const { source, wanted } = session.getState();
    const sourceKey = source.kind === 'none' || source.key === 'file' ? settings.sourceKey : source.key;
    saveSettings({ sourceKey, wanted, place, view: view.getState() });
  }
  return {
    save,
    choosePlace(chosen) {
      place = chosen;
      save();
    },
  };
}
