# What the bot could not read, and what was said during a long absence.

missed-no-key = I could not read your message: its encryption key did not reach me. Please send it again. In an emergency: { $sos }
missed-no-key-room = I could not read a message of this room: its encryption key did not reach me. If it was for me, please send it again.
missed-too-much = I was away for a long time, and did not read your oldest messages. If one of them still needs an answer, please send it again. In an emergency: { $sos }
missed-too-much-room = I was away for a long time, and did not read the oldest messages. If one of them was for me, please send it again.
device-unverified =
    One of your devices is not verified, and my messages do not show there.
    Verify it in the settings of your app, or read me on another device.
no-device-verified =
    None of your devices is verified. So that you can read me, my messages show on all devices of your account.
    Verify this one in the settings of your app: after that, only your verified devices can read me.
