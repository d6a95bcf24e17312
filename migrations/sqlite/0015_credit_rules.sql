-- The lowest floor that a community ever had: balances that came there under it stay sound when the floor is raised.
ALTER TABLE community ADD COLUMN lowest_floor INTEGER;

-- What a late cancellation or an absence costs, as it was when the seat was booked: 0 nothing, 1 the price to solidarity,
-- 2 the price to the host, 3 half of it to solidarity, 4 half of it to the host.
ALTER TABLE booking ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CHECK (late BETWEEN 0 AND 4);
UPDATE booking SET late = (SELECT community.late_rule FROM session JOIN community ON community.id = session.community_id
                           WHERE session.id = booking.session_id);

-- A fund's name as it was written.
ALTER TABLE fund ADD COLUMN shown TEXT;
