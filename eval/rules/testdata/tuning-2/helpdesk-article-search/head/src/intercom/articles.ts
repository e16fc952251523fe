import { intercom } from './http';

export interface Article {
  id: string;
  title: string;
  url: string | null;
  state: 'published' | 'draft';
}

interface SearchPage {
  data: { articles: Article[] };
  pages: { next?: string | null };
}

const MAX_PAGES = 20;

export async function publishedArticles(phrase: string): Promise<Article[]> {
  const hits: Article[] = [];
  let path: string | null = `/articles/search?phrase=${encodeURIComponent(phrase)}&state=published`;

  for (let page = 0; path !== null; page++) {
    if (page === MAX_PAGES) throw new Error(`more than ${MAX_PAGES} pages for one phrase`);
    const body: SearchPage = await intercom.get<SearchPage>(path);
    hits.push(...body.data.articles);
    path = body.pages.next ? intercom.relative(body.pages.next) : null;
  }
  return hits;
}

export async function article(id: string): Promise<Article> {
  if (!/^\d{1,20}$/.test(id)) throw new RangeError('article ids are numbers');
  return intercom.get<Article>(`/articles/${id}`);
}
