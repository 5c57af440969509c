//! Given and family names from many parts of the world. Put together at random, they are nobody's.

/// The names of one part of the world.
pub(crate) struct Names {
    pub(crate) women: [&'static str; 8],
    pub(crate) men: [&'static str; 8],
    pub(crate) family: [&'static str; 10],
}

pub(crate) static DANISH: Names = Names {
    women: [
        "Freja", "Ingrid", "Karen", "Astrid", "Mette", "Sigrid", "Liv", "Tove",
    ],
    men: [
        "Anders", "Mikkel", "Søren", "Jeppe", "Rasmus", "Lars", "Emil", "Bjørn",
    ],
    family: [
        "Østergaard",
        "Lindholm",
        "Kjær",
        "Dahl",
        "Bruun",
        "Nygaard",
        "Holm",
        "Friis",
        "Skov",
        "Bak",
    ],
};

pub(crate) static PORTUGUESE: Names = Names {
    women: [
        "Inês", "Beatriz", "Matilde", "Catarina", "Joana", "Leonor", "Rita", "Teresa",
    ],
    men: [
        "Duarte", "Tiago", "Gonçalo", "Rui", "Afonso", "Nuno", "Vasco", "Simão",
    ],
    family: [
        "Carvalho", "Teixeira", "Azevedo", "Brandão", "Faria", "Lobo", "Moura", "Quintela",
        "Seabra", "Valente",
    ],
};

pub(crate) static POLISH: Names = Names {
    women: [
        "Agnieszka",
        "Zofia",
        "Małgorzata",
        "Hanna",
        "Katarzyna",
        "Ewa",
        "Jadwiga",
        "Oliwia",
    ],
    men: [
        "Wojciech",
        "Paweł",
        "Tomasz",
        "Jakub",
        "Łukasz",
        "Marek",
        "Stanisław",
        "Grzegorz",
    ],
    family: [
        "Zielonka", "Wrona", "Dąbek", "Sikora", "Gajda", "Kozioł", "Pietrzak", "Mazurek", "Bielak",
        "Czajka",
    ],
};

pub(crate) static KENYAN: Names = Names {
    women: [
        "Wanjiru", "Akinyi", "Njeri", "Chebet", "Nafula", "Moraa", "Zawadi", "Halima",
    ],
    men: [
        "Kamau", "Otieno", "Kiprono", "Mwangi", "Baraka", "Juma", "Wafula", "Omondi",
    ],
    family: [
        "Kariuki",
        "Odhiambo",
        "Cheruiyot",
        "Mutiso",
        "Wekesa",
        "Njoroge",
        "Onyango",
        "Barasa",
        "Kilonzo",
        "Nyambura",
    ],
};

pub(crate) static NIGERIAN: Names = Names {
    women: [
        "Adaeze", "Folake", "Ngozi", "Yetunde", "Chiamaka", "Zainab", "Ifeoma", "Bisi",
    ],
    men: [
        "Chukwuemeka",
        "Babatunde",
        "Emeka",
        "Oluwaseun",
        "Ibrahim",
        "Tunde",
        "Obinna",
        "Kelechi",
    ],
    family: [
        "Adeyemi", "Okafor", "Balogun", "Nwosu", "Eze", "Danladi", "Ogunleye", "Umeh", "Bello",
        "Afolabi",
    ],
};

pub(crate) static MOROCCAN: Names = Names {
    women: [
        "Salma", "Khadija", "Imane", "Zineb", "Nadia", "Houda", "Ghita", "Samira",
    ],
    men: [
        "Youssef", "Hamza", "Driss", "Anas", "Rachid", "Karim", "Mehdi", "Soufiane",
    ],
    family: [
        "Benjelloun",
        "El Amrani",
        "Tazi",
        "Chraibi",
        "Lahlou",
        "Berrada",
        "Ouazzani",
        "Sefrioui",
        "Idrissi",
        "Bennis",
    ],
};

pub(crate) static JORDANIAN: Names = Names {
    women: [
        "Rania", "Lina", "Dana", "Hala", "Rasha", "Maysa", "Noor", "Suha",
    ],
    men: [
        "Omar", "Zaid", "Tariq", "Faisal", "Khaled", "Ramzi", "Sami", "Bashar",
    ],
    family: [
        "Haddad", "Khoury", "Masri", "Najjar", "Qasem", "Rahhal", "Shami", "Tarawneh", "Zoubi",
        "Abbadi",
    ],
};

pub(crate) static INDIAN: Names = Names {
    women: [
        "Ananya",
        "Kavya",
        "Meenakshi",
        "Priya",
        "Lakshmi",
        "Shreya",
        "Divya",
        "Nandini",
    ],
    men: [
        "Arjun",
        "Rohan",
        "Vikram",
        "Karthik",
        "Siddharth",
        "Manoj",
        "Harish",
        "Rahul",
    ],
    family: [
        "Iyer",
        "Deshpande",
        "Hegde",
        "Banerjee",
        "Nair",
        "Kulkarni",
        "Shetty",
        "Chaudhary",
        "Rao",
        "Mukherjee",
    ],
};

pub(crate) static JAPANESE: Names = Names {
    women: [
        "Haruka", "Yuki", "Sakura", "Aiko", "Misaki", "Naoko", "Emi", "Kaori",
    ],
    men: [
        "Haruto", "Kenji", "Takumi", "Ren", "Daichi", "Hiroshi", "Sota", "Makoto",
    ],
    family: [
        "Nishimura",
        "Hayashi",
        "Okada",
        "Fujimoto",
        "Kuroda",
        "Shimizu",
        "Morita",
        "Uehara",
        "Tanabe",
        "Ishikawa",
    ],
};

pub(crate) static VIETNAMESE: Names = Names {
    women: [
        "Lan", "Mai", "Hương", "Thảo", "Linh", "Ngọc", "Trang", "Yến",
    ],
    men: [
        "Minh", "Tuấn", "Dũng", "Hải", "Khoa", "Quang", "Sơn", "Long",
    ],
    family: [
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ",
    ],
};

pub(crate) static CANADIAN: Names = Names {
    women: [
        "Chloé",
        "Maeve",
        "Sophie",
        "Hannah",
        "Geneviève",
        "Aaliyah",
        "Claire",
        "Tanis",
    ],
    men: [
        "Liam", "Étienne", "Owen", "Malik", "Théo", "Graham", "Noah", "Wesley",
    ],
    family: [
        "Tremblay",
        "MacLeod",
        "Bouchard",
        "Sinclair",
        "Fraser",
        "Gagnon",
        "Whitecloud",
        "Lavoie",
        "Hughes",
        "Pelletier",
    ],
};

pub(crate) static MEXICAN: Names = Names {
    women: [
        "Ximena",
        "Guadalupe",
        "Renata",
        "Citlali",
        "Mariana",
        "Fernanda",
        "Paola",
        "Itzel",
    ],
    men: [
        "Alejandro",
        "Emiliano",
        "Joaquín",
        "Rodrigo",
        "Iván",
        "Santiago",
        "Héctor",
        "Cuauhtémoc",
    ],
    family: [
        "Hernández",
        "Zamora",
        "Villaseñor",
        "Orozco",
        "Cárdenas",
        "Ibarra",
        "Luna",
        "Montes",
        "Salazar",
        "Treviño",
    ],
};

pub(crate) static BRAZILIAN: Names = Names {
    women: [
        "Luana", "Thaís", "Camila", "Iara", "Letícia", "Bruna", "Yasmin", "Jaciara",
    ],
    men: [
        "Caio",
        "Thiago",
        "Ubirajara",
        "Otávio",
        "Mateus",
        "Leandro",
        "Davi",
        "Wagner",
    ],
    family: [
        "Nascimento",
        "Barbosa",
        "Cardoso",
        "Figueiredo",
        "Guimarães",
        "Peixoto",
        "Sakamoto",
        "Vasconcelos",
        "Xavier",
        "Antunes",
    ],
};

pub(crate) static COLOMBIAN: Names = Names {
    women: [
        "Valentina",
        "Manuela",
        "Luz",
        "Marisol",
        "Daniela",
        "Carolina",
        "Yuliana",
        "Paz",
    ],
    men: [
        "Andrés", "Felipe", "Camilo", "Julián", "Wilmer", "Mauricio", "Esteban", "Jairo",
    ],
    family: [
        "Restrepo",
        "Ospina",
        "Cifuentes",
        "Uribe",
        "Mosquera",
        "Palacios",
        "Quintero",
        "Arango",
        "Bermúdez",
        "Cuesta",
    ],
};

pub(crate) static NEW_ZEALAND: Names = Names {
    women: [
        "Aroha", "Mere", "Ruby", "Isla", "Ngaire", "Sina", "Georgia", "Moana",
    ],
    men: [
        "Tāne", "Wiremu", "Hemi", "Jack", "Sione", "Callum", "Rawiri", "Finn",
    ],
    family: [
        "Ngata", "Parata", "Thompson", "Faleolo", "Campbell", "Tūhoe", "Walker", "Tamatea",
        "McKenzie", "Harris",
    ],
};
