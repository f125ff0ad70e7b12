/** 页面各处通用的小控件的文字。 */
export const zh = {
  'kit.close': '关闭',
} as const;
