import * as electron from 'electron';
import { runApp } from './app.ts';

void runApp(electron, process.argv, process);
