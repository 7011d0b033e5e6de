import { greekLetters } from '../fold.ts';
import { frequencies, type Random } from './random.ts';

/** A person's name in the script that the clinic has it in. */
export interface Name {
  first: string;
  last: string;
}
export type Sex = 'male' | 'female';

// Frequencies are our own guesses at what a clinic meets; only their order of size matters.
const greekFirst = {
  male: frequencies(
    `Γεώργιος 95, Ιωάννης 80, Κωνσταντίνος 78, Δημήτριος 74, Νικόλαος 66, Παναγιώτης 48, Βασίλειος 40,
     Χρήστος 40, Αθανάσιος 33, Μιχαήλ 27, Ευάγγελος 26, Σπυρίδων 23, Αντώνιος 22, Αναστάσιος 19, Θεόδωρος 18,
     Ανδρέας 18, Χαράλαμπος 16, Αλέξανδρος 16, Εμμανουήλ 14, Ηλίας 13, Στέφανος 8, Άγγελος 8, Σταύρος 10,
     Πέτρος 8, Φώτιος 6, Λεωνίδας 5, Ραφαήλ 3, Οδυσσέας 2, Ορέστης 2, Φίλιππος 4`,
  ),
  female: frequencies(
    `Μαρία 130, Ελένη 90, Αικατερίνη 70, Βασιλική 50, Σοφία 40, Αγγελική 38, Γεωργία 37, Δήμητρα 35,
     Κωνσταντίνα 34, Παρασκευή 27, Ευαγγελία 25, Ιωάννα 24, Άννα 22, Χριστίνα 18, Αναστασία 18, Ειρήνη 17,
     Ευφροσύνη 5, Δέσποινα 14, Παναγιώτα 16, Αλεξάνδρα 11, Φωτεινή 10, Θεοδώρα 9, Μαργαρίτα 7, Ζωή 7,
     Νεφέλη 3, Χρυσούλα 6, Ουρανία 4, Καλλιόπη 5, Στυλιανή 7, Ίρις 1`,
  ),
};

// A surname has a form for men and one for women.
const greekLast = frequencies(
  `Παπαδόπουλος/Παπαδοπούλου 90, Παπαδάκης/Παπαδάκη 24, Παππάς/Παππά 36, Καραγιάννης/Καραγιάννη 26,
   Γεωργίου/Γεωργίου 30, Δημητρίου/Δημητρίου 25, Οικονόμου/Οικονόμου 28, Νικολάου/Νικολάου 22,
   Βασιλείου/Βασιλείου 20, Ιωάννου/Ιωάννου 20, Κωνσταντίνου/Κωνσταντίνου 16, Αντωνίου/Αντωνίου 15,
   Αλεξίου/Αλεξίου 12, Αθανασίου/Αθανασίου 14, Χριστοδούλου/Χριστοδούλου 12, Μακρής/Μακρή 18,
   Αγγελόπουλος/Αγγελοπούλου 16, Γιαννόπουλος/Γιαννοπούλου 16, Δημόπουλος/Δημοπούλου 12,
   Νικολόπουλος/Νικολοπούλου 12, Παπανικολάου/Παπανικολάου 12, Παπαγεωργίου/Παπαγεωργίου 22,
   Παπαϊωάννου/Παπαϊωάννου 14, Σαμαράς/Σαμαρά 10, Βλάχος/Βλάχου 17, Αναγνωστόπουλος/Αναγνωστοπούλου 10,
   Κουτσογιάννης/Κουτσογιάννη 4, Τσακίρης/Τσακίρη 6, Μπαλτάς/Μπαλτά 4, Ντόκος/Ντόκου 3,
   Γκίκας/Γκίκα 8, Τζανετάκης/Τζανετάκη 5, Ξανθόπουλος/Ξανθοπούλου 6, Ψαράς/Ψαρά 4, Ευσταθίου/Ευσταθίου 7,
   Χατζηδάκης/Χατζηδάκη 8, Χατζηγεωργίου/Χατζηγεωργίου 6, Καζαντζής/Καζαντζή 5, Μαυρίδης/Μαυρίδου 10,
   Ιωαννίδης/Ιωαννίδου 16, Κωνσταντινίδης/Κωνσταντινίδου 14, Γεωργιάδης/Γεωργιάδου 13, Θεοδωρίδης/Θεοδωρίδου 8,
   Αδάμου/Αδάμου 6, Λιάπης/Λιάπη 6, Ζαχαρίου/Ζαχαρίου 5, Στεργίου/Στεργίου 8, Φωτόπουλος/Φωτοπούλου 6,
   Ρήγας/Ρήγα 6, Κυριακόπουλος/Κυριακοπούλου 7, Καλογερόπουλος/Καλογεροπούλου 5, Σπανός/Σπανού 6,
   Αργυρός/Αργυρού 2, Δουκάκης/Δουκάκη 3, Κανελλόπουλος/Κανελλοπούλου 7, Ευθυμίου/Ευθυμίου 7`,
);

const englishFirst = {
  male: frequencies(
    `John 60, David 55, James 50, Michael 42, Robert 34, Paul 34, Andrew 30, Peter 28, William 28, Thomas 27,
     Daniel 24, Matthew 22, George 22, Oliver 20, Jack 20, Harry 18, Charlie 15, Samuel 14, Edward 12, Alfie 8`,
  ),
  female: frequencies(
    `Mary 46, Susan 42, Margaret 36, Sarah 40, Emma 34, Elizabeth 32, Karen 26, Helen 26, Jane 24, Olivia 24,
     Amelia 20, Sophie 20, Charlotte 18, Emily 20, Grace 16, Alice 14, Lucy 16, Hannah 14, Ruth 8, Zoe 6`,
  ),
};
const englishLast = frequencies(
  `Smith 72, Jones 58, Taylor 46, Brown 45, Williams 42, Wilson 36, Johnson 34, Davies 32, Patel 26, Robinson 24,
   Wright 24, Thompson 24, Evans 24, Walker 23, White 23, Roberts 22, Green 22, Hall 21, Wood 20, Jackson 20,
   Clarke 19, Baker 18, Cooper 17, Hughes 17, Turner 16, Hill 15, Harris 16, Moore 14, Clark 14, Lewis 14, King 14,
   O'Connor 6, Murphy 9, Kelly 9, MacDonald 7, Campbell 9, Fletcher 6, Whittaker-Browne 1, Ng 2, Bright 3`,
);

const others = [
  'Arben Besnik Ilir/Elira Mirela Drita/Hoxha Shehu Prifti Leka Dervishi',
  'Piotr Krzysztof Tomasz/Agnieszka Małgorzata Zofia/Kowalski Wójcik Wiśniewski Szymański Zając',
  'Arjun Rohan Sanjay/Priya Anjali Meera/Sharma Gupta Singh Kaur Iyer',
  'Mohammed Yusuf Omar/Fatima Aisha Layla/Hassan Khan Ahmed Al-Sayed Rahman',
  'Wei Jun Ming/Mei Xiu Lan/Chen Wang Li Zhang Liu',
  'Mehmet Emre Çağlar/Ayşe Zeynep Elif/Yılmaz Kaya Demir Şahin Öztürk',
  'Andrei Mihai Ștefan/Ioana Elena Mădălina/Popescu Ionescu Dumitru Stan Georgescu',
  'José João Luís/Ana Inês Conceição/García Silva Santos Fernández Núñez',
].map((group) => group.split('/').map((names) => names.split(' ')));

export const greekName = (random: Random, sex: Sex): Name => ({
  first: greekFirst[sex](random),
  last: greekSurname(random, sex),
});

const greekSurname = (random: Random, sex: Sex): string => {
  const [men = '', women = ''] = greekLast(random).split('/');
  return sex === 'male' ? men : women;
};

export const englishName = (random: Random, sex: Sex): Name => ({
  first: englishFirst[sex](random),
  last: englishLast(random),
});

export const otherName = (random: Random, sex: Sex): Name => {
  const [men = [], women = [], last = []] = random.pick(others);
  return { first: random.pick(sex === 'male' ? men : women), last: random.pick(last) };
};

/** A Greek name as its bearer would write it in Latin letters; other text loses its accents only. */
export const inLatin = (text: string): string => {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ου/g, 'ou')
    .replace(/ευ/g, 'ef')
    .replace(/^Μπ/, 'B')
    .replace(/^Ντ/, 'D');
  return plain.replace(/\p{Script=Greek}/gu, (letter) => {
    const latin = greekLetters[letter.toLowerCase()] ?? '';
    return letter === letter.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
  });
};
