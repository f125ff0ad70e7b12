/** 分享一次运行。 */
export const texts = {
  'share.title': '分享这次运行',
  'share.making': '正在生成链接…',
  'share.copied': '链接已经在剪贴板里。',
  'share.copy-by-hand': '浏览器不让页面使用剪贴板：请从这里复制链接。',
  'share.copy': '复制链接',
  'share.too-long': '这次运行放不进 {maximum} 个字符的链接。请存成文件：谁打开它，看到的都一样。',
  'share.what': '打开的人会停在这个分叉的这一步，旁边的分叉也都在。运行就在链接里，没有存到任何地方。',
  'share.both': '链接里是并排的两次运行；存成文件则只有最后点按的那次：运行 {run}。',
  'share.one': '两次运行中，这里只有最后点按的那次：运行 {run}。',
  'share.save': '存成文件',
  'share.unreadable': '这个链接里的录像读不出来，所以按原样打开了场景。',
  'share.changed': '录下之后，{protocols} 有了改动：运行已按其中的干预重做，之后可能走上另一条路。',
  'share.other': '这不是当时录下的磁带：运行已按其中的干预重做，走的是另一条路。',
} as const;
