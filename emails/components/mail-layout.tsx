/** @jsxImportSource react */
import { Body, Button, Container, Html, Link, Text } from 'react-email';
import type { ReactNode } from 'react';
import { MailMark } from './mail-mark.tsx';
import { darkSheet, mailStyle } from './mail-style.ts';
import { Paragraph, Whole } from './mail-text.tsx';
import type { OwnUrl, Said, Say, TownWords } from './mail-words.ts';

/** What every mail needs besides its own words. */
export type MailFrame<Words extends Say = Say> = { say: Words; town: TownWords; page: OwnUrl };

type Layout = Omit<MailFrame, 'page'> & {
  subject: Said;
  /** Where the mail leads; without it the mail holds no address at all (C-5). */
  page?: OwnUrl;
  button?: Said;
  /** Another page of ours, by its name and its address written out. */
  also?: { name: Said; page: OwnUrl } | undefined;
  /** What follows under the button: what opening the page asks for, what happens otherwise. */
  after: readonly Said[];
  children: ReactNode;
};

/** One column of 36 rem, one button, its address written out, nothing to load, the service's phone (design §6). */
export function MailLayout({ say, town, page, subject, button, also, after, children }: Layout) {
  const { phone, hours, address, email } = town;
  return (
    <Html lang={say.tag} dir={say.direction}>
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=UTF-8" />
        <meta name="x-apple-disable-message-reformatting" content="" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{darkSheet}</style>
      </head>
      <Body lang={say.tag} dir={say.direction} className="page" style={mailStyle.page}>
        <Container style={mailStyle.column}>
          <Text className="head" style={mailStyle.head}>
            <MailMark />
            {say('mail.frame.service', { town: town.name })}
          </Text>
          <Paragraph say={[say('mail.frame.hello')]} />
          {children}
          {page !== undefined && button !== undefined ? <Way say={say} page={page} button={button} /> : null}
          <Paragraph say={page === undefined ? after : [say('mail.frame.nothing'), ...after]} />
          {also === undefined ? null : (
            <Text style={mailStyle.small}>
              {also.name}{' '}
              <Link href={also.page} className="link" style={mailStyle.link}>
                {also.page}
              </Link>
            </Text>
          )}
          <Paragraph say={[say('mail.frame.private')]} />
          {say.checked ? null : <Paragraph say={[say('mail.frame.translation')]} />}
          <Text className="foot" style={mailStyle.foot}>
            <Whole>{say('mail.frame.contact', { phone, hours })}</Whole>
            <br />
            {say('mail.frame.place', { address, email })}
            {town.isDemo ? <br /> : null}
            {town.isDemo ? say('mail.frame.fictional', { town: town.name }) : null}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** The one button, and its address written out. */
function Way({ say, page, button }: { say: Say; page: OwnUrl; button: Said }) {
  return (
    <>
      <Button href={page} className="button" style={mailStyle.button}>
        <Whole>{button}</Whole>
      </Button>
      <Text style={mailStyle.small}>
        {say('mail.frame.address')}{' '}
        <Link href={page} className="link" style={mailStyle.link}>
          {page}
        </Link>
      </Text>
    </>
  );
}
