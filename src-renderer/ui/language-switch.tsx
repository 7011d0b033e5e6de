import { SegmentedControl } from '@mantine/core';
import { usePreferences } from '../app/preferences.ts';

/** The two languages by their own short names, for a screen that has no settings. */
export const LanguageSwitch = ({ label, size }: { label: string; size: 'sm' | 'md' }) => {
  const language = usePreferences((preferences) => preferences.language);
  return (
    <SegmentedControl
      aria-label={label}
      size={size}
      value={language}
      onChange={(value) => usePreferences.setState({ language: value === 'el' ? 'el' : 'en' })}
      data={[
        { value: 'en', label: <span lang="en">English</span> },
        { value: 'el', label: <span lang="el">Ελληνικά</span> },
      ]}
    />
  );
};
