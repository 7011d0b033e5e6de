import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/inter/wght.css';
import './ui/theme.css';
import './i18n/index.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { reportFaults } from './app/report-faults.ts';

reportFaults();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
