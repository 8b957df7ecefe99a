import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { posted } from './load.ts'

/** Asks for the workbook as its page does and takes the file once it is there. @returns its bytes */
export async function takeWorkbook(url: string, cookie: string): Promise<number> {
  const body = new URLSearchParams({ _key: randomBytes(12).toString('base64url') })
  const answer = await posted(`${url}/report/grand-design.xlsx`, cookie, body.toString())
  if (answer.statusCode === 200) return answer.bytes
  const page = url + (answer.headers.location ?? '/report')
  while ((await textOf(page, cookie)).includes('data-renew')) await sleep(100)
  const file = await fetch(`${page}/file`, { headers: { cookie }, redirect: 'manual' })
  if (file.status !== 200) throw new Error(`the workbook answered ${file.status}`)
  return (await file.arrayBuffer()).byteLength
}

async function textOf(page: string, cookie: string): Promise<string> {
  return (await fetch(page, { headers: { cookie } })).text()
}
