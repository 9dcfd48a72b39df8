/** The audit log and its records. */
@NullMarked
package org.outpost.amt.operation.auditlog;

import org.jspecify.annotations.NullMarked;
