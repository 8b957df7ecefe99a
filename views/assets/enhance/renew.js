/**
 * Keeps parts of a page current that are not finished: <div id data-renew>, in it texts with [role=status].
 * The page is asked for again until no part has data-renew any more; what is finished is put in place whole,
 * of the rest the texts alone.
 */
;(() => {
  const every = 1500
  if (unfinished().length > 0) setTimeout(renew, every)

  async function renew() {
    if (!document.hidden) await look().catch(() => {})
    if (unfinished().length > 0) setTimeout(renew, every)
  }

  async function look() {
    const answer = await fetch(location.href)
    if (answer.redirected || !answer.ok) return location.reload()
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of unfinished()) {
      const now = fresh.getElementById(part.id)
      if (now?.hasAttribute('data-renew')) retell(part, now)
      else if (now) part.replaceWith(now)
      else location.reload()
    }
  }

  function retell(part, now) {
    const texts = now.querySelectorAll('[role="status"]')
    for (const [at, text] of part.querySelectorAll('[role="status"]').entries()) {
      if (texts[at]) text.textContent = texts[at].textContent
    }
  }

  function unfinished() {
    return [...document.querySelectorAll('[data-renew]')]
  }
})()
