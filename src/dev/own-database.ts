import pg from 'pg';

/**
 * The database of this service on a cluster, created when it is not there: the one the URL names, or `passerelle` where the URL
 * names none (or `postgres`, where nothing of ours belongs). @returns the admin URL of that database.
 */
export async function ownDatabase(clusterUrl: string): Promise<string> {
  const [named, wanted] = [new URL(clusterUrl), new URL(clusterUrl)];
  const name = decodeURIComponent(named.pathname.slice(1));
  const database = name === '' || name === 'postgres' ? 'passerelle' : name;
  named.pathname = '/postgres';
  wanted.pathname = `/${encodeURIComponent(database)}`;
  const client = new pg.Client({ connectionString: named.toString(), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
  return wanted.toString();
}
