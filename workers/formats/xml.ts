import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { placeAt } from './decode.ts';
import type { TextPlace } from './decode.ts';
import { InputError } from './input-error.ts';

/** An element of an XML file. Names are without their namespace prefix. */
export type XmlElement = {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed, without that of its children. */
  readonly text: string;
  /** Where it starts (UTF-16 code units). */
  readonly offset: number;
};

/** As the parser gives an element: its children under its tag name, its attributes under `:@`. */
type Parsed = { readonly [name: string]: unknown };

/** Entities stay what they are: nothing that a document type declares is ever evaluated, so none can grow. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
  maxNestedTags: 100,
});
const metaData: unknown = XMLParser.getMetaDataSymbol();

const predefined: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities of XML itself and characters by number; every other one stays as it is written. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return predefined[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

function isParsed(value: unknown): value is Parsed {
  return typeof value === 'object' && value !== null;
}

function offsetOf(parsed: Parsed): number {
  const found: unknown = typeof metaData === 'symbol' ? Reflect.get(parsed, metaData) : undefined;
  return isParsed(found) && typeof found['startIndex'] === 'number' ? found['startIndex'] : 0;
}

/** What a CDATA section holds, in which nothing is a reference. */
function rawText(content: unknown): string {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  return isParsed(first) && typeof first['#text'] === 'string' ? first['#text'] : '';
}

function elementOf(parsed: Parsed): XmlElement | null {
  const tag = Object.keys(parsed).find((key) => key !== ':@');
  const content = tag === undefined ? undefined : parsed[tag];
  if (tag === undefined || !Array.isArray(content)) return null;
  const children: XmlElement[] = [];
  let text = '';
  for (const item of content as readonly unknown[]) {
    if (!isParsed(item)) continue;
    if (typeof item['#text'] === 'string') text += decodeReferences(item['#text']);
    else if ('#cdata' in item) text += rawText(item['#cdata']);
    else {
      const child = elementOf(item);
      if (child) children.push(child);
    }
  }
  const attributes = new Map<string, string>();
  const given = parsed[':@'];
  if (isParsed(given)) {
    for (const [name, value] of Object.entries(given)) attributes.set(name, decodeReferences(String(value)));
  }
  return { tag, attributes, children, text: text.trim(), offset: offsetOf(parsed) };
}

function asTextPlace(error: { readonly line: number; readonly col?: number }): TextPlace {
  return { line: error.line, column: error.col ?? 1 };
}

/**
 * The root element of an XML text.
 * @throws InputError with line and column where it is not well-formed
 */
export function parseXml(text: string): XmlElement {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new InputError('xml.broken', { ...asTextPlace(valid.err), detail: valid.err.msg });
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch (error) {
    // What the validator lets pass and the parser refuses: nesting beyond the limit, names that JavaScript reserves.
    throw new InputError('xml.refused', { detail: error instanceof Error ? error.message : String(error) });
  }
  const roots = (Array.isArray(parsed) ? (parsed as readonly unknown[]) : []).filter(isParsed).map(elementOf).filter((root) => root !== null);
  const [root, second] = roots;
  if (!root) throw new InputError('xml.no-element');
  if (second) throw new InputError('xml.two-roots', { ...placeAt(text, second.offset), tag: second.tag });
  return root;
}
