export const settings = {
  screen: 'This screen',
  location: 'Location shown at the start',
  firstLocation: 'The clinic’s first location',
  deskName: 'Name of this desk',
  version: 'Version of Anteroom',
};
