// The stream of the calls table, if the stage reports to KARTE. Merged into resources/tables.yml.
module.exports = async ({ resolveVariable }) => {
  const { file } = await resolveVariable('self:custom.stage');
  if (!file.reportToKarte) return { Resources: {} };
  // What a write adds is derived from the record before it.
  const StreamSpecification = { StreamViewType: 'NEW_AND_OLD_IMAGES' };
  return { Resources: { CallsTable: { Properties: { StreamSpecification } } } };
};
