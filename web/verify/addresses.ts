/** Is this an address of the page that checks passes? */
export const isVerifyPage = (pathname: string): boolean => /^\/verify(\/|$)/.test(pathname)
