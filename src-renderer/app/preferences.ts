import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const languages = ['en', 'el'] as const;
export type Language = (typeof languages)[number];

interface Preferences {
  language: Language;
  /** Single-letter keys can be switched off (WCAG 2.1.4); the ones with Ctrl and the arrows stay. */
  letterKeys: boolean;
  /** The location that the screen begins with; null is the clinic's first. */
  locationId: string | null;
}

/** What the person at this screen likes; kept in the browser's storage, since it is not the clinic's. */
export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      language: navigator.language.startsWith('el') ? 'el' : 'en',
      letterKeys: true,
      locationId: null,
    }),
    {
      name: 'anteroom.preferences',
    },
  ),
);
