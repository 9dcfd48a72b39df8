/** Third-party data storage: blocks in the device's flash. */
@NullMarked
package org.outpost.amt.operation.storage;

import org.jspecify.annotations.NullMarked;
