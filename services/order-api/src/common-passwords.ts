/** Those of ten characters and more that lead the lists of leaked passwords; shorter ones are refused anyway. In small letters. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  0987654321 0123456789 1111111111 1122334455 1212121212 123123123123 1231231234 1234512345 12345678910 123456789a
  123456789q 123456789z 1234567890 1234567890a 1234567891 12345qwert 1234qwerasdf 123qweasdzxc 12qwaszx12 147258369a
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 1234abcd1234 3rjs1la7qe 741852963a 9876543210 987654321a a123456789
  a1b2c3d4e5 aa12345678 aa123456789 abc1234567 abc123456789 abcd123456 abcd1234567 abcdef1234 abcdefg123 abcdefghij
  admin12345 admin123456 administrator adminadmin alexander1 alexander123 anthony123 asdf123456 asdfasdfasdf asdfghjkl1
  asdfghjkl123 asdfghjkl; asdfjkl123 azertyuiop barcelona1 barcelona10 basketball baseball123 basketball1 beautiful1
  blink182blink bubblegum1 butterfly1 butterfly123 california california1 changeme123 changeme1234 charlie123 charlotte1
  chocolate1 chocolate123 christian1 christopher christopher1 cinderella computer123 cristina123 default123 dragon12345
  dragonball dragonball1 dragonballz elizabeth1 elizabeth123 facebook123 firefighter fluffybunny football10 football12
  football123 forever123 friends123 gabriel123 goodluck123 google1234 hallo12345 happybirthday hello12345 hello123456
  helloworld helloworld1 helloworld123 iloveyou12 iloveyou123 iloveyou1234 iloveyou22 iloveyoubaby iloveyousomuch
  international jennifer123 jessica123 jordan2323 justinbieber kingkong123 letmein123 letmein1234 letmeinnow liverpool1
  liverpool123 love123456 lovelove123 loveyou123 manchester manchester1 manunited1 master1234 maximus123 metallica1
  michael123 microsoft1 minecraft1 minecraft123 monkey1234 motherfucker mynameis123 mypassword mypassword1 newpassword
  nothing123 october123 p@ssw0rd12 p@ssw0rd123 p@ssw0rd1234 p@ssword123 pa55word123 pa$$word123 pakistan123 passpasspass
  passw0rd12 passw0rd123 passw0rd1234 password00 password01 password10 password11 password12 password123 password1234
  password12345 password123456 password1! password123! password2020 password2021 password2022 password2023 password2024
  password2025 password2026 password22 password99 passwordpassword personal123 pokemon123 porsche911 princess01 princess12
  princess123 professional q1w2e3r4t5 q1w2e3r4t5y6 qazwsx1234 qazwsxedc1 qazwsxedc123 qazwsxedcrfv qwaszx1234 qwe123qwe123
  qweasdzxc1 qweasdzxc123 qwer123456 qwerasdfzxcv qwert12345 qwerty1234 qwerty12345 qwerty123456 qwerty1234567
  qwerty123456789 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop10 qwertyuiop12 qwertyuiop123 realmadrid realmadrid1
  rockyou123 samantha123 samsung123 sebastian1 secret1234 secure-ecommerce snowball123 soccer12345 spiderman1 spiderman123
  spongebob1 starwars123 stephanie1 summer2020 summer2021 summer2022 summer2023 summer2024 summer2025 summer2026
  sunshine123 sunshine12 superman123 superman12 superstar1 test123456 test12345678 testing123 testpassword testtest123
  thomas1234 tinkerbell tinkerbell1 trustno1trustno1 undertaker university vanessa123 victoria123 volleyball
  welcome123 welcome1234 welcome12345 welcome123! welcome2020 welcome2024 welcome2025 welcome2026 whatever123 william123
  winter2024 winter2025 winter2026 xxxxxxxxxx youtube123 zaq12wsxcde3 zaq1xsw2cde3 zxcvbnm123 zxcvbnm1234 zxcvbnm12345
  zxcvbnmasdfghjkl
  `
    .trim()
    .split(/\s+/),
)
