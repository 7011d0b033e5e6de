import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** A file of this computer: where it lies, and what it is called. */
export interface PlacedFile {
  path: string;
  name: string;
}

const ID = /^[0-9a-f-]{36}$/;
/** The one file of an upload's folder. */
const CONTENT = 'content';

/**
 * The files that were given to this desk to be imported, each in a folder of its own with nothing but its bytes; a file is
 * named by `id/name`. They lie in clear, since a database can be opened in no other way, and so only as long as an import
 * needs them: `remove` when it is over, `sweep` for what was chosen and never begun.
 */
export class ImportFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a file that is about to come is to be written, and how it is named from then on. */
  place(id: string, name: string): { file: string; path: string } {
    mkdirSync(join(this.#folder, id), { recursive: true, mode: 0o700 });
    return { file: `${id}/${name}`, path: join(this.#folder, id, CONTENT) };
  }

  /** A file that was given, or one of this computer by its absolute path; null where it is not there. */
  fileOf(file: string): PlacedFile | null {
    const found = isAbsolute(file) ? { path: file, name: file.replace(/^.*[/\\]/, '') } : this.#given(file);
    return found && existsSync(found.path) && statSync(found.path).isFile() ? found : null;
  }

  /** Removes a file that was given; one of this computer is left alone. */
  remove(file: string): void {
    const given = this.#given(file);
    if (given) rmSync(join(given.path, '..'), { recursive: true, force: true });
  }

  /** Removes what was given before an instant (epoch milliseconds), but for the `needed` files. */
  sweep(needed: readonly string[], before: number): void {
    if (!existsSync(this.#folder)) return;
    const stays = new Set(needed.map((file) => file.split('/')[0]));
    for (const id of readdirSync(this.#folder)) {
      const folder = join(this.#folder, id);
      if (!stays.has(id) && statSync(folder).mtimeMs < before)
        rmSync(folder, { recursive: true, force: true });
    }
  }

  #given(file: string): PlacedFile | null {
    const [id = '', ...name] = file.split('/');
    return ID.test(id) ? { path: join(this.#folder, id, CONTENT), name: name.join('/') } : null;
  }
}
