/** Where copies of the audit trail go: a file of JSON lines, syslog. */
@NullMarked
package org.outpost.access.audit.sink;

import org.jspecify.annotations.NullMarked;
