export const zh = { 'app.name': 'Netsplit' };
