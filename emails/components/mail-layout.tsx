/** @jsxImportSource react */
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from 'react-email';
import type { ReactNode } from 'react';

/** Everything a mail may be made of: our words, numbers, dates and addresses of our own origin (T-31). */
export type MailFrame = {
  lang: string;
  dir: 'ltr' | 'rtl';
  service: string;
  fictional: string | undefined;
  title: string;
  preview: string;
  paragraphs: readonly string[];
  button: { label: string; href: string };
  addressHint: string;
  nothingHappens: string;
  phone: string;
};

const ink = '#12211F';
const pine = '#0B4A4A';

/** One column of 36 rem, one button, the address written out, no picture to load. */
export function MailLayout(props: MailFrame & { children?: ReactNode }) {
  return (
    <Html lang={props.lang} dir={props.dir}>
      <Head>
        <title>{props.title}</title>
        <meta name="color-scheme" content="light dark" />
      </Head>
      <Preview>{props.preview}</Preview>
      <Body
        lang={props.lang}
        dir={props.dir}
        style={{ backgroundColor: '#F2F5F3', color: ink, fontFamily: 'Verdana, Arial, sans-serif', margin: 0 }}
      >
        <Container style={{ maxWidth: '36rem', padding: '24px 20px', backgroundColor: '#FFFFFF' }}>
          <Text style={{ fontWeight: 700, color: pine, margin: '0 0 16px' }}>
            {props.service}
            {props.fictional ? ` · ${props.fictional}` : ''}
          </Text>
          <Heading as="h1" style={{ fontSize: '22px', lineHeight: '1.25', margin: '0 0 16px' }}>
            {props.title}
          </Heading>
          {props.paragraphs.map((paragraph) => (
            <Text key={paragraph} style={{ fontSize: '16px', lineHeight: '1.5', margin: '0 0 12px' }}>
              {paragraph}
            </Text>
          ))}
          {props.children}
          <Section style={{ margin: '20px 0' }}>
            <Button
              href={props.button.href}
              style={{
                backgroundColor: pine,
                color: '#FFFFFF',
                padding: '14px 20px',
                borderRadius: '8px',
                fontWeight: 700,
                fontSize: '16px',
              }}
            >
              {props.button.label}
            </Button>
          </Section>
          <Text style={{ fontSize: '15px', margin: '0 0 4px' }}>
            {props.addressHint} <Link href={props.button.href}>{props.button.href}</Link>
          </Text>
          <Text style={{ fontSize: '15px', margin: '0 0 12px' }}>{props.nothingHappens}</Text>
          <Hr />
          <Text style={{ fontSize: '15px', margin: '8px 0 0' }}>{props.phone}</Text>
        </Container>
      </Body>
    </Html>
  );
}
