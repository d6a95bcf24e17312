# Ce que le bot n'a pas pu lire, et ce qui s'est dit pendant une longue absence.

missed-no-key = Je n'ai pas pu lire votre message : sa clé de chiffrement ne m'est pas parvenue. Renvoyez-le, s'il vous plaît. En cas d'urgence : { $sos }
missed-no-key-room = Je n'ai pas pu lire un message de ce salon : sa clé de chiffrement ne m'est pas parvenue. S'il était pour moi, renvoyez-le, s'il vous plaît.
missed-too-much = J'ai été absent longtemps, et je n'ai pas lu vos messages les plus anciens. Si l'un d'eux attend une réponse, renvoyez-le, s'il vous plaît. En cas d'urgence : { $sos }
missed-too-much-room = J'ai été absent longtemps, et je n'ai pas lu les messages les plus anciens. Si l'un d'eux était pour moi, renvoyez-le, s'il vous plaît.
device-unverified =
    Un de vos appareils n'est pas vérifié, et mes messages ne s'y affichent pas.
    Vérifiez-le dans les réglages de votre application, ou lisez-moi sur un autre appareil.
no-device-verified =
    Aucun de vos appareils n'est vérifié. Pour que vous puissiez me lire, mes messages s'affichent donc sur tous les appareils de votre compte.
    Vérifiez celui-ci dans les réglages de votre application : ensuite, seuls vos appareils vérifiés me liront.
