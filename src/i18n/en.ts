export const en = { 'app.name': 'Netsplit' };
