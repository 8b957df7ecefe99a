import { isIP } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { root } from './root.ts'

const loopback = ['127.0.0.1', '::1', 'localhost']

const settings = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: whole(0, 65_535).default(3000),
    DATABASE_URL: z
      .string()
      .min(1)
      .default('data/rancang.sqlite')
      .refine(
        (url) => !url.startsWith('postgres'),
        'PostgreSQL belum didukung; tulis lokasi berkas',
      )
      .transform((path) => (isAbsolute(path) ? path : join(root, path))),
    BASE_URL: z
      .url({ protocol: /^https?$/, error: 'alamat lengkap dengan http:// atau https://' })
      .optional(),
    LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
    RATE_LIMIT: oneOf(['on', 'off']).default('on'),
    TRUST_PROXY: z
      .string()
      .refine(
        (list) => list.split(',').every((each) => isAddress(each.trim())),
        'alamat IP perantara, dipisah koma',
      )
      .optional(),
    SESSION_IDLE_HOURS: whole(1, 168).default(12),
    BACKUP_DIR: z
      .string()
      .transform((path) => (isAbsolute(path) ? path : join(root, path)))
      .optional(),
    BACKUP_EVERY_HOURS: whole(0, 168).default(6),
    BACKUP_KEEP: whole(1, 1000).default(14),
  })
  .refine((all) => all.RATE_LIMIT === 'on' || loopback.includes(all.HOST), {
    path: ['RATE_LIMIT'],
    message: 'off hanya boleh pada alamat loopback',
  })

function whole(min: number, max: number) {
  const error = `bilangan bulat ${min} sampai ${max}`
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}

function oneOf<T extends string>(codes: readonly T[]) {
  return z.enum(codes, { error: `salah satu dari ${codes.join(', ')}` })
}

/** An address, or a block of them such as 10.0.0.0/8. */
function isAddress(text: string): boolean {
  const [address = '', bits = '0', rest] = text.split('/')
  return isIP(address) > 0 && /^\d{1,3}$/.test(bits) && rest === undefined
}

export type Config = Readonly<{
  host: string
  port: number
  databaseFile: string
  /** The public address for links that leave the house; absent when there is none. */
  baseUrl: string | undefined
  logLevel: string
  rateLimit: boolean
  /** Addresses of proxies that may be believed; absent: none. */
  trustProxy: string | undefined
  sessionIdleHours: number
  /** Where scheduled copies are kept; absent: the folder `backup` beside the database. */
  backupFolder: string | undefined
  /** Hours between two copies; 0 = none are made. */
  backupEveryHours: number
  backupKeep: number
}>

/** The names of all settings, for `.env.example` and its test. */
export const settingNames = Object.keys(settings.shape)

/** Every mistake in the settings at once, one line each. */
export class BadSettings extends Error {}

/**
 * Reads the settings from an environment.
 * @throws BadSettings naming every mistake
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    throw new BadSettings(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  }
  const all = parsed.data
  return Object.freeze({
    host: all.HOST,
    port: all.PORT,
    databaseFile: all.DATABASE_URL,
    baseUrl: all.BASE_URL,
    logLevel: all.LOG_LEVEL,
    rateLimit: all.RATE_LIMIT === 'on',
    trustProxy: all.TRUST_PROXY,
    sessionIdleHours: all.SESSION_IDLE_HOURS,
    backupFolder: all.BACKUP_DIR,
    backupEveryHours: all.BACKUP_EVERY_HOURS,
    backupKeep: all.BACKUP_KEEP,
  })
}

/** The settings of this process: `.env` where there is one, then the environment. */
export function processConfig(): Config {
  try {
    process.loadEnvFile(join(root, '.env'))
  } catch {
    // no .env file: the environment alone
  }
  return readConfig(process.env)
}
