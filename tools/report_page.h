/* SPDX-License-Identifier: GPL-2.0 */
/* page.html with its style and script, as the linker has put it into the program. */
#ifndef TOOLS_REPORT_PAGE_H
#define TOOLS_REPORT_PAGE_H

extern const char _binary_page_html_start[];
extern const char _binary_page_html_end[];

#endif /* TOOLS_REPORT_PAGE_H */
