# Ce qui arrive aux salons.
# Arguments : other-platform : Text.

room-silenced =
    Une nouvelle de votre groupe.
    Je ne peux plus écrire dans un salon du groupe, sur { $other-platform }.
    Ce que j'annonce n'y arrive pas. En privé, je réponds toujours.
    Pour y remédier : une personne qui administre ce salon m'y rend le droit d'écrire. Je reprends aussitôt.
