/** 场景的设置。 */
export const texts = {
  'parameters.title': '设置',
  'parameters.seed': '种子：换一个，丢包和时延就抽得不同',
  'parameters.anew': '场景会从头重新运行，你对这次运行做过的改动不会带过去。',
  'parameters.run': '重新运行',
};
