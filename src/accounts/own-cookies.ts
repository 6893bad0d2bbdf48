/**
 * The values a request carries under exactly this cookie name. Only spaces and tabs are trimmed: a name dressed up with another
 * blank (a no-break space before `__Host-`) is another name (B-34).
 */
export function cookieValues(headers: Headers, name: string): string[] {
  const values: string[] = [];
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0 || trimBlanks(part.slice(0, equals)) !== name) continue;
    values.push(trimBlanks(part.slice(equals + 1)));
  }
  return values;
}

/** Request headers for the library: this cookie and nothing else of what the browser sent. */
export function withCookie(name: string, value: string): Headers {
  return new Headers({ cookie: `${name}=${value}` });
}

/** The one value under this name; none when the name comes twice, since nobody can say which is meant (B-34). */
export function onlyCookie(headers: Headers, name: string): Headers | undefined {
  const [value, second] = cookieValues(headers, name);
  return value === undefined || second !== undefined ? undefined : withCookie(name, value);
}

function trimBlanks(text: string): string {
  return text.replaceAll(/^[ \t]+|[ \t]+$/g, '');
}
