import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, usePreferences } from '../app/preferences.ts';
import { el } from './el/index.ts';
import { en } from './en/index.ts';

/** The locale behind each language: both write 24-hour times and the day before the month. */
export const locales: Record<Language, string> = { en: 'en-GB', el: 'el-GR' };

const speak = (language: Language): void => {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
};

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en }, el: { translation: el } },
  lng: usePreferences.getState().language,
  fallbackLng: 'en',
  interpolation: { escapeValue: false },
  initAsync: false,
});
speak(usePreferences.getState().language);
usePreferences.subscribe((now, before) => {
  if (now.language !== before.language) speak(now.language);
});
