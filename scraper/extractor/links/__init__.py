"""Links to other articles: lists of them, the articles before and after, links in the text.

`reading` reads a page's links; `link_blocks` finds its lists: by what announces one (`list_markers`, whose words are in
`headings`), else by headlines side by side (`unannounced_lists`); where it may stand (`list_regions`) and what stands
over it (`list_headings`); which links are its `items`, and which only stand beside them (`card_companions`,
`more_links`, `sponsored`); what an item says (`teasers`, `headlines`). `link_labels` gathers what links say of
themselves, for `neighbours` and `see_also`. `anchors` knows where links lead; `listing` reads pages that only list.
"""
