package dev.coterie.run;

import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Duration;
import java.util.List;

/**
 * What jobs and answers said, in order, kept in the ledger: a reader that lost its connection, or
 * outlived a restart, goes on after the last number it has.
 */
public final class EventLog {
    private static final int AT_ONCE = 1000;

    private final Database database;
    private final Object news = new Object();

    EventLog(Database database) {
        this.database = database;
    }

    /** Adds an event to a transaction; call {@link #wake} once it is committed. */
    long append(Transaction t, String owner, String type, String data) {
        long number =
                t.count(
                        "select coalesce(max(number), 0) + 1 as n from event where owner = ?",
                        owner);
        t.change(
                "insert into event (owner, number, type, data) values (?, ?, ?, ?)",
                owner,
                number,
                type,
                data);
        return number;
    }

    void wake() {
        synchronized (news) {
            news.notifyAll();
        }
    }

    /** Appends what an answer says; nothing if its conversation was deleted meanwhile. */
    void appendAnswer(Transaction t, String message, String type, String data) {
        if (t.count("select count(*) as n from message where id = ?", message) > 0) {
            append(t, message, type, data);
        }
    }

    /** All events of an owner so far, in order. */
    public List<Event> all(String owner) {
        return database.read(t -> all(t, owner));
    }

    static List<Event> all(Transaction t, String owner) {
        return t.list(
                "select number, type, data from event where owner = ? order by number",
                Event::of,
                owner);
    }

    /**
     * The next events of an owner, at most {@value #AT_ONCE}; waits for the first one.
     *
     * @param number of the last event that the reader has
     * @return empty if there was none within the time
     */
    public List<Event> await(String owner, long number, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            // The look is inside the lock, so that no event is missed between look and wait.
            synchronized (news) {
                List<Event> found = database.read(t -> after(t, owner, number));
                long left = (end - System.nanoTime()) / 1_000_000;
                if (!found.isEmpty() || left <= 0) return found;
                news.wait(left);
            }
        }
    }

    private static List<Event> after(Transaction t, String owner, long number) {
        return t.list(
                "select number, type, data from event where owner = ? and number > ? order by"
                        + " number limit ?",
                Event::of,
                owner,
                number,
                AT_ONCE);
    }
}
