import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** Whether there is no LibreOffice here; said once, so that what is not tested is known. */
export const withoutOffice = spawnSync('soffice', ['--version'], { timeout: 60_000 }).status !== 0
if (withoutOffice) console.warn('LibreOffice (soffice) not found: the workbook is not recalculated')

/** The workbook as LibreOffice writes it after recalculating every formula. */
export async function recalculated(file: string, folder: string): Promise<string> {
  const out = join(folder, 'recalculated')
  mkdirSync(out, { recursive: true })
  const profile = pathToFileURL(alwaysRecalculating(folder))
  await promisify(execFile)(
    'soffice',
    [
      `-env:UserInstallation=${profile.href}`,
      '--headless',
      '--convert-to',
      'xlsx:Calc MS Excel 2007 XML',
      '--outdir',
      out,
      file,
    ],
    { timeout: 150_000 },
  )
  return join(out, basename(file))
}

/** By default LibreOffice believes the cached results of a workbook, and nothing would be tested. */
function alwaysRecalculating(folder: string): string {
  const profile = join(folder, 'office-profile')
  mkdirSync(join(profile, 'user'), { recursive: true })
  const setting =
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
  writeFileSync(
    join(profile, 'user', 'registrymodifications.xcu'),
    `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${setting}</oor:items>
`,
  )
  return profile
}
