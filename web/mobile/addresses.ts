/** Is this address a page of the phone? The console, the screen, the page that checks passes, files and the addresses of machines are not. */
export function isOfThePhone(pathname: string): boolean {
  return !/^\/(console|screen|verify|api|assets|health|ready|metrics)(\/|$)/.test(pathname) && !/\.[a-z0-9]{1,12}$/i.test(pathname)
}
