import { atPlaces } from './placed.ts';

/** What is wrong with what somebody gave us, in English. `{name}` is a slot. The Chinese sentences are in `text.zh.ts`. */

/** These happen at a place in a file: each is made into two sentences, one with line and column and one with a path. */
const placed = {
  'graph.duplicate-node': 'the id {id} belongs to two nodes; every node needs its own',
  'graph.long-id': 'the id {id} is longer than {maximum} characters',
  'graph.unknown-end': 'the edge from {source} to {target} names the node {id}, which the file does not have',
  'graph.unknown-end-nearest': 'the edge from {source} to {target} names the node {id}, which the file does not have (did you mean {nearest}?)',
  'graph.directed': 'the graph is directed; here a link carries both ways, so an undirected graph is expected',
  'graph.directed-link': 'the edge is directed; here a link carries both ways, so an undirected edge is expected',
  'graph.cost-missing': 'the edge {link} has no {attribute}; to be the cost, every edge must have it',
  'graph.cost-bad': 'the edge {link} has {attribute} = {value}; a cost is a number, zero or more',
  'graph.cost-whole': 'the edge {link} has {attribute} = {value}; Link-State carries whole numbers from 1 to 65535, --cost-divide N divides and rounds',
  'graph.cost-large': 'the edge {link} has {attribute} = {value}; Link-State carries costs up to 65535, --cost-divide N makes them smaller',
  'graphml.root': 'the outermost element is {tag}; <graphml> was expected',
  'graphml.no-graph': 'there is no <graph> inside <graphml>',
  'graphml.two-graphs': 'a second <graph> begins; one graph a file is expected',
  'graphml.nested': 'the node {id} holds a graph of its own; nested graphs are not read, a flat graph is expected',
  'graphml.hyperedge': 'a <hyperedge> joins more than two nodes; <edge> is expected',
  'graphml.attribute-missing': '<{tag}> has no {attribute}; it needs one',
  'node-link.id': 'found {found}; an id is expected, a text or a number',
  'node-link.no-object': 'found {found}; an object is expected',
} as const;

const plain = {
  'file.too-large': 'The file has {bytes} bytes; at most {maximum} are read.',
  'file.empty': 'The file is empty; a graph, a scenario or a recording is expected.',
  'file.encoding-unknown': 'The file says that its encoding is {encoding}, which nobody here knows; save it as UTF-8.',
  'file.encoding-broken': 'Line {line}, column {column}: these bytes are not {encoding}; save the file as UTF-8.',
  'file.gml': 'This looks like GML, which is not read yet. GraphML (.graphml) and node-link JSON (.json) are.',
  'file.unknown-format': 'The file is none of the formats that are read: GraphML (.graphml) and node-link JSON (.json) for graphs, JSON for scenarios and recordings.',
  'file.no-graph': 'This is a {kind}, but a graph is expected: GraphML or node-link JSON.',
  'file.no-scenario': 'This is a {kind}, but a scenario is expected.',
  'file.no-recording': 'This is a {kind}, but a recording is expected.',
  'file.unknown-document': 'This JSON is neither a graph ("nodes" and "links" or "edges") nor a scenario ("version", "topology" …) nor a recording ("netsplit").',

  'xml.broken': 'Line {line}, column {column}: the XML is broken. {detail}',
  'xml.refused': 'The XML is not read: {detail}.',
  'xml.no-element': 'The XML holds no element; <graphml> is expected.',
  'xml.two-roots': 'Line {line}, column {column}: a second outermost element <{tag}> begins; an XML file has one.',

  'json.expected-value': 'Line {line}, column {column}: found {found}; a value is expected.',
  'json.expected-key': 'Line {line}, column {column}: found {found}; a name in double quotes is expected.',
  'json.expected-colon': 'Line {line}, column {column}: found {found}; a colon is expected.',
  'json.expected-comma-or-brace': 'Line {line}, column {column}: found {found}; a comma or a closing brace is expected.',
  'json.expected-comma-or-bracket': 'Line {line}, column {column}: found {found}; a comma or a closing bracket is expected.',
  'json.expected-end': 'Line {line}, column {column}: found {found}; the end of the file is expected.',
  'json.ends-early': 'Line {line}, column {column}: the JSON ends too early.',
  'json.too-deep': 'Line {line}, column {column}: brackets are nested more than {maximum} deep.',

  'graph.empty': 'The graph has no node; at least one is expected.',
  'graph.too-many-nodes': 'The graph has {count} nodes; at most {maximum} are read.',
  'graph.too-many-links': 'The graph has {count} links; at most {maximum} are read.',
  'graph.no-cost': 'No edge has the attribute {attribute}, and none has a number that could be the cost.',
  'graph.no-cost-known': 'No edge has the attribute {attribute}; these can be the cost: {known}.',
  'graph.no-cost-nearest': 'No edge has the attribute {attribute} (did you mean {nearest}?).',
  'graph.no-node': 'There is no node {name}.',
  'graph.no-node-nearest': 'There is no node {name} (did you mean {nearest}?).',
  'graph.label-twice': 'Several nodes are labelled {name}: {ids}. Name the one you mean by its id.',
  'graph.divide': 'The divisor is {value}; a number above zero is expected.',
  'node-link.no-document': 'The JSON is no object; node-link JSON is an object with "nodes" and "links" or "edges".',
  'node-link.missing-list': '"{path}" is missing; node-link JSON has "nodes" and "links" or "edges".',
  'node-link.no-list': '"{path}" is no list; a list of objects is expected.',

  'value.unknown-key': '{path} is not known here; known are: {known}.',
  'value.unknown-key-nearest': '{path} is not known here (did you mean "{nearest}"?).',
  'value.missing': '{path} is missing.',
  'value.type': '{path} is {found}; expected {expected}.',
  'value.one-of': '{path} is {found}; one of these is expected: {expected}.',
  'value.one-of-nearest': '{path} is {found} (did you mean "{nearest}"?); one of these is expected: {expected}.',
  'value.time': '{path} is {found}; a whole number of nanoseconds from 0 to 9007199254740991 (104 days) is expected.',
  'value.whole': '{path} is {found}; a whole number, zero or more, is expected.',
  'value.ttl': '{path} is {found}; a whole number from 1 to 255 is expected.',
  'value.finite': '{path} is {found}; a number, zero or more, is expected.',
  'value.probability': '{path} is {found}; a probability from 0 to 1 is expected.',
  'value.place': '{path} is {found}; a place on the link from 0 to 1 is expected.',
  'value.degrees': '{path} is {found}; degrees are expected, longitude from −180 to 180, latitude from −90 to 90.',
  'value.id': '{path} is {found}; a text of 1 to {maximum} characters is expected.',
  'value.scenario-id': '{path} is {found}; letters, digits, dots and dashes are expected, such as routing-abilene.',
  'value.json': '{path} holds something that is no plain JSON value.',
  'value.digest': '{path} is {found}; 64 hexadecimal digits are expected.',
  'value.speed': '{path} is {found}; "even", or seconds of virtual time in a second (above zero), is expected.',
  'value.too-many': '{path} has {count} entries; at most {maximum} are read.',
  'value.too-few': '{path} is empty; at least one entry is expected.',
  'value.when': '{path} is {found}; a duration such as "10s", or an object with "time" in nanoseconds, is expected.',

  'scenario.unknown': 'There is no built-in scenario {id}.',
  'scenario.version': 'version is {found}; this program reads version {expected}.',
  'scenario.duplicate': '{path} is {found}, which is already taken; each needs its own.',
  'scenario.reference': '{path} is {found}, and the scenario has no such thing.',
  'scenario.reference-nearest': '{path} is {found}, and the scenario has no such thing (did you mean {nearest}?).',
  'scenario.protocol': '{path} is {found}; these protocols are built in: {known}.',
  'scenario.not-running': '{path}: {process} does not run on {node}.',
  'scenario.not-end': '{path} is {found}, which is no end of the link {link}.',
  'recording.version': 'netsplit is {found}; this program reads recordings of version {expected}.',

  'branch.no-intervention': 'This branch has no intervention {id}.',
  'kernel.instant': 'The run stopped itself: {events} events at {time} ns, which is a loop without a delay.',
  'kernel.storm': 'The run stopped itself at {time} ns: more than {entries} packets and timers are under way at once, a storm that feeds on itself.',
  'kernel.fault': 'The run stopped itself at event {event}: {process} on {node} failed. {what}',

  'settings.none': 'The scenario has no parameter {name}; it has none at all.',
  'settings.unknown': 'The scenario has no parameter {name}; it has: {known}.',
  'settings.unknown-nearest': 'The scenario has no parameter {name} (did you mean {nearest}?).',
  'settings.integer': '{name} is {found}; a whole number is expected.',
  'settings.number': '{name} is {found}; a number is expected.',
  'settings.boolean': '{name} is {found}; true or false is expected.',
  'settings.text': '{name} is {found}; a text is expected.',
  'settings.choice': '{name} is {found}; one of these is expected: {known}.',
  'settings.duration': '{name} is {found}; a duration such as 500ms or 10s is expected.',
  'settings.node': '{name} is {found}, and the scenario has no such node.',
  'settings.node-nearest': '{name} is {found}, and the scenario has no such node (did you mean {nearest}?).',
  'settings.minimum': '{name} is {found}; at least {minimum} is expected.',
  'settings.maximum': '{name} is {found}; at most {maximum} is expected.',
  'settings.seed': 'The seed is {found}; a whole number from 0 to 9007199254740991 is expected.',
  'settings.bug': 'No protocol of this scenario has a bug switch {name}; there are: {known}.',
  'settings.bug-none': 'No protocol of this scenario has a bug switch {name}; there are none.',
  'settings.bug-nearest': 'No protocol of this scenario has a bug switch {name} (did you mean {nearest}?).',
} as const;

export type PlacedKey = keyof typeof placed;

export const english = { ...atPlaces(placed, 'Line {line}, column {column}: ', '{path}: ', '.'), ...plain };

/** What a translation has to hold. */
export type Plain = { readonly [key in keyof typeof plain]: string };
export type Placed = { readonly [key in PlacedKey]: string };
