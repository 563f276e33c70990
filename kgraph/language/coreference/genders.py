"""Whether a person's name is a man's or a woman's, as far as a title or a given name tells; names of both kinds tell nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.language.network.mentions import name_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.language.network.mentions import Mention

__all__ = ["FEMALE", "MALE", "gender"]

MALE, FEMALE = "male", "female"

_TITLES = {"mr": MALE, "sir": MALE, "lord": MALE, "ms": FEMALE, "mrs": FEMALE, "miss": FEMALE, "lady": FEMALE, "dame": FEMALE}
_MEN_NAMES = """
    aaron abdul abdullah adam adrian ahmad ahmed aidan akio akira al alain alan albert alberto aldo alec alejandro aleksandr
    alexander alexei alfred alfredo alistair amit amr anatoly anders andre andrei andres andrew andré angelo angus anil anthony
    antoine antonio antony antti arjun arnaud arne arnold arthur arun arvind ashok atsushi augusto austin bart bashar ben benedict
    benjamin bernard bernd bernhard bertrand bilal bill billy björn bob bobby boris brad brandon brendan brett brian bruce bruno
    bryan bryn calvin cameron carl carlo carlos cedric cesar chad charles charlie christian christopher chuck claude claus clive
    colin colm conrad craig cristiano curtis cyril cyrus damian damien dan daniel danny darren dave david declan deepak denis dennis
    derek didier diego dieter dirk dmitri dmitry domenico dominic don donald doug douglas duncan dwight dylan eamon earl ed eduard
    eduardo edward elijah elon emilio emmanuel enrico enrique eric erik ernest ernesto esteban ethan eugene evan fabio felipe felix
    ferdinand fernando finn francesco francis franco frank franz françois fred fredrik friedrich gabriel gary gaurav gavin geoff
    geoffrey georg george georges gerald gerhard gianni gilbert giorgio giovanni giuseppe glen glenn gordon graham greg gregory
    guido guillaume gunnar gustav guy hank hans harald harish harold harry harvey hassan hector heinrich heinz helmut henri henrik
    henry herbert herman hiroshi howard hubert hugh hugo hussein håkan ian ibrahim igor ilya imran irving isaac ismail israel ivan
    ivo jack jacob jacques jaime jake jakob jamal james jared jarl jason javed javier jay jeff jeffery jeffrey jens jeremy jeroen
    jerome jerry jesse jim jimmy joachim joaquim joe joel johan johannes john johnny jonas jonathan jonny jorge jose josef joseph
    josh joshua josé juan julian julio jun jurgen justin jürgen kamal karim karl karsten kazuo keir keith kelvin ken kenji kenneth
    kent kevin khalid kirk klaas klaus konstantin kristian kurt kyle lachlan lamar lance larry lars lawrence leif leo leon leonard
    leonid lewis liam lionel lloyd logan lorenzo louis luc luca lucas ludwig luigi luis luke lutz maciej magnus malcolm manfred
    manoj manuel marcel marco marcus mario marius mark markus marshall martin masahiro mats matt matteo matthew matthias maurice
    maurizio mauro max maxim mehdi mehmet melvin michael michel miguel mike mikhail miles mirko mitchell mohamed mohammed mohan
    morris muhammad mukesh murray mustafa nathan naveen neal ned neil nelson niall nicholas nick niclas nicolas nigel nikhil nikolai
    nikolaus nils noah noel norbert norman olaf oleg oliver olivier omar omer osama oscar otis otto owen paolo pascal patrice
    patrick paul paulo pavel pawel pedro per perry peter philip philippe pierre piers pietro piotr prakash rafael rahul rainer raj
    rajiv rakesh ralf ralph randy raoul raul ravi ray raymond reinhard renato rex rhys ricardo riccardo rich richard rick rob robert
    roberto rod roderick rodney rodrigo roger roland rolf roman ron ronald ross roy rudolf rupert russ russell ryan rémi salman
    salvatore samuel sandeep sander sandro sanjay sanjeev satoshi satya scott sean sebastian serge sergei sergey sergio seth shane
    shaun shinzo sid sidney silvio simon stan stanley stefan stefano stelios stephan stephen steve steven stuart subhash sundar
    sunder sunil suresh sven syed tadashi takashi takeshi ted terrence theo theodore thierry thomas thorsten til tim timothy tobias
    toby todd tom tomas tommy toni tony tore toshio trevor tristan troy tunde tyler ulf ulrich uwe valentin vijay vikram viktor
    vince vincent vinod vito vittorio vladimir volker walid wallace walter warren warwick wayne wei wendell werner wilfried wilhelm
    will william willie wim winston wolfgang xavier yann yannick yasuo yoshihiro yuri yusuf yves zachary zoltan
"""
_WOMEN_NAMES = """
    abigail adele adriana agnes agnieszka aisha alba alessandra alexandra alice alina alison allison alma amal amanda amber amina
    amy ana anastasia andreea angela angelina anita anja anjali anke ann anna annabel anne anneliese annemarie annette annika
    antonia anya aparna april ariana arianna asha astrid audrey aurelie ayesha barbara barbro beatrice bernadette bettina betty
    beverly bianca birgit birgitta bonnie brenda bridget brigid brigitte britta brittany caitlin camilla camille candace cara carla
    carmen carol carolina caroline carolyn carrie cassandra caterina cath catherine cathy cecilia celia celine chanda chantal
    charlene charlotta charlotte cheri cheryl chiara chloe christa christiane christina christine cindy claire clara clare clarissa
    claudia colleen concetta constance cora corinne crystal cynthia dagmar daisy dalia daniela danielle daphne darlene dawn debbie
    deborah debra deepa delphine denise diana diane dina dolores donatella donna dora doreen doris dorothy edith edna eileen
    ekaterina elaine eleanor elena eleni elin elise eliza elizabeth ella ellen elsa emilia emilie emily emma erica erika erin
    ernestine estelle esther eugenia eunice eva evelyn faith farah farida fatima felicidad felicity filippa fiona florence frances
    francesca francine françoise freya frida gabriela gabriella gail geraldine gerda gillian gina ginni giorgia giovanna giulia
    gloria grace greta gretchen gudrun gunilla gwen gwendolyn hanna hannah hanne harriet hazel heather heidi heike helen helena
    helene henrietta hilary hilda hildegard hina hope ida ilse imelda imogen indra ines inge ingrid irene irina iris isabel isabella
    isabelle ivana jacinda jacqueline jana jane janet janice janine jasmine jeanette jeanne jenna jennifer jenny jessica jill joan
    joann joanna joanne johanna josephine joy joyce juanita judith judy julia juliana julianne julie juliet june kaja karen karin
    karina karolina katarina kate katherine kathleen kathryn kathy katie katja katrina katy kavita kayla keiko kerstin kimberly
    kirsten kirstin kristen kristin kristina kristine lakshmi lara larissa latifa laura lauren layla lea leah leila lena lene leonie
    lesley leticia lidia lila lillian lily linda ling lisa lise liselotte liv livia liz lorena lori lorna lorraine louisa louise
    luana lucia lucinda lucy luisa luz lydia lynda lynn lynne mabel madeleine madison mae magda magdalena maggie maja malin manon
    marcella marcia margaret margarita margaux margot margrethe marguerite maria mariana marianne marija marilyn marina marissa
    marjorie marlene marta martha martina mary maryam mathilde maud maura maureen maya meera meg megan megumi mei melanie melinda
    melissa mercedes mercy michaela michelle michiko mina mira miranda mireille moira mona monica monika morag muriel myra nadia
    nadine najla nancy naoko naomi natalia natalie natasha nathalie neha nell ngozi nicole nina nisha noemi nora noreen norma odile
    olga olive olivia ottilie paloma pamela paola patricia patrizia patty paula paulina pauline pearl peggy penelope petra
    petronella phoebe phyllis pia pilar polly pooja priscilla priya quynh rachel radhika raisa rani raquel rebecca rebekah regina
    renata renate renee reshma rita roberta rochelle romina rosa rosalind rosario rosemary rosie roxanne ruby ruta ruth sabine
    sabrina sadie safra sally samantha sandra sandrine sanna sara sarah saskia seema selma serena shanti sharon sheila shelley sheri
    sheryl shirin shirley shreya sienna sigrid silke silvia sinead solveig sonia sonja sophia sophie stella stephanie sue suki
    sunita sunniva susan susana susannah susanne suzanne suzy svetlana sylvia sylvie tamara tamsin tanya tara tatiana teresa tessa
    thelma theodora theresa therese tiffany tilda tina tomoko trudy ulla ulrike ursula valentina valeria valérie vanessa vera verena
    verity veronica veronika vicki vicky victoria viola violet virginia vivian viviane wendy wilhelmina wilma winifred yasmin
    yasmine yolanda yuki yumi yuriko yvette yvonne zainab zara zeinab zoe zsofia
"""
_GIVEN = {**dict.fromkeys(_MEN_NAMES.split(), MALE), **dict.fromkeys(_WOMEN_NAMES.split(), FEMALE)}


def gender(words: Sequence[str], mention: Mention) -> str:
    """MALE, FEMALE, or nothing where the name does not tell.

    >>> from kgraph.language.network.mentions import name_mention
    >>> gender(["Ms", "Barra"], name_mention(["Ms", "Barra"], 1, 2)), gender(["Carol", "Bartz"], name_mention(["Carol", "Bartz"], 0, 2))
    ('female', 'female')
    """
    before = words[mention.start - 1] if mention.start else ""
    for title in (before, words[mention.start]):
        if (told := _TITLES.get(title.lower().rstrip("."))) is not None:
            return told
    is_whole = name_head(words, mention.start, mention.end) > mention.start
    return _GIVEN.get(words[mention.start].lower(), "") if is_whole else ""
