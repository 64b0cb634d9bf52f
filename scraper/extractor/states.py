"""The text of an article where a page carries it beside its markup."""

import json
import re


def article_body(scripts):
    best = ""
    for s in scripts:
        if "articleBody" not in s: continue
        try: v = json.loads(s, strict=False)
        except (ValueError, RecursionError): continue
        stack=[v]
        n=0
        while stack and n < 5000:
            n+=1
            x=stack.pop()
            if isinstance(x, dict):
                b = x.get("articleBody")
                if isinstance(b, str) and len(b) > len(best): best = b
                stack.extend(x.values())
            elif isinstance(x, list): stack.extend(x)
    return best or None
