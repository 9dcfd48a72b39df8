/** Whether an audit trail is whole: in the database, or in a file that was exported. */
@NullMarked
package org.outpost.access.audit.verify;

import org.jspecify.annotations.NullMarked;
