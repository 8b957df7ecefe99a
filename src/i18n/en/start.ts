import type { start as source } from '../id/start.ts'

export const start: Record<keyof typeof source, string> = {
  'start.listening': 'Rancang is at {address}',
  'start.copied': 'Last copy of the database: {at} (folder {folder}).',
  'start.copiedLongAgo':
    'Note: the last copy of the database is of {at}, more than 24 hours ago (folder {folder}).',
  'start.neverCopied': 'There is no copy of the database in the folder {folder} yet.',
  'start.setup':
    'There is no account yet. Open this link to set Rancang up (works once, for 1 hour): {link}',
  'start.settings':
    'Rancang cannot start: the settings are not right ({list}); correct them in the .env file or in the environment, then start again.',
  'start.portTaken':
    'Rancang cannot start: port {port} on {host} is used by another program; stop that program or change PORT in the .env file, then start again.',
  'start.portForbidden':
    'Rancang cannot start: this user may not use port {port} on {host}; change PORT in the .env file to a number above 1023, then start again.',
  'start.hostUnknown':
    'Rancang cannot start: {host} (port {port}) is no address of this computer; change HOST in the .env file, then start again.',
  'start.noFolder':
    'Rancang cannot start: the folder {folder} does not exist and cannot be made; make it or change DATABASE_URL in the .env file, then start again.',
  'start.folder':
    'Rancang cannot start: the folder {folder} cannot be written to; give the user who runs Rancang that right or change DATABASE_URL in the .env file, then start again.',
  'start.notFile':
    'Rancang cannot start: {file} is a folder, not a database file; change DATABASE_URL in the .env file, then start again.',
  'start.readOnly':
    'Rancang cannot start: the database file {file} can only be read; give the user who runs Rancang the right to write, then start again.',
  'start.inUse':
    'Rancang cannot start: the database file {file} is in use by another Rancang; stop that one first, then start again.',
  'start.locked':
    'Rancang cannot start: the database file {file} is locked by another program; close that program, then start again.',
  'start.empty':
    'Rancang cannot start: the database file {file} is empty (0 bytes) and was left as it is; restore it from a copy ({copy}), or delete it if it is really new, then start again.',
  'start.damaged':
    'Rancang cannot start: the database file {file} is damaged and was left as it is; move it away, restore it from a copy ({copy}), then start again.',
  'start.foreign':
    'Rancang cannot start: {file} is not a database of Rancang and was left as it is; change DATABASE_URL in the .env file, then start again.',
  'start.newer':
    'Rancang cannot start: the database file {file} was made by a newer Rancang and was left as it is; install the newest Rancang, then start again.',
  'start.database':
    'Rancang cannot start: the database file {file} cannot be prepared ({reason}); the data in it is as before, check the free space and the rights of the file, then start again.',
  'start.unexpected':
    'Rancang cannot start: {reason}; check the settings in the .env file, then start again.',
  'start.noCopy': 'there is no copy yet',
}
