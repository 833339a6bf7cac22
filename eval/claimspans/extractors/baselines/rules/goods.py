"""The goods of the field by the entries of the Wassenaar Munitions List, and the nouns that they are a part of.

A row names heads in the singular. The last words of a noun phrase decide, the longest entry first: "grenade launcher"
is no "launcher", "mine detector" no "detector".
"""

from __future__ import annotations

from .word_lists import words as word_set

_ENTRIES = """
ML1: rifle, pistol, revolver, handgun, shotgun, carbine, musket, machine gun, submachine gun, side arm, sub machine
 gun, kalashnikov, small arm, rifle barrel, pistol barrel, arquebus, harquebus, blunderbuss, flintlock, matchlock,
 derringer, firearm, sidearm, silencer, bayonet, firing pin, machinegun, submachinegun, long gun, tommy gun, muzzle
 loader, breech loader, airgun, air gun, air pistol, suppressor, elephant gun, sporting gun, fowling piece, gun stock,
 pistol grip, machine pistol, musketoon, gatling gun, sniper system, weapon barrel, weapons barrel
ML2: gun, howitzer, mortar, cannon, artillery, artillery piece, grenade launcher, autocannon, gun barrel, recoilless
 rifle, flamethrower, base plate, baseplate, gun carriage, breech, breech block, muzzle brake, gun mount, artillery
 system, artillery battery, mortar tube, mortar barrel, howitzer barrel, cannon barrel, artillery barrel, machine gun
 barrel, field piece, field gun, siege gun, carronade, bombard, culverin, mountain gun, coastal gun, gun turret, gun
 breech, gun shield, pom pom gun, falconet, smoke projector, gas gun, recoilless gun
ML3: ammunition, ammo, shell, bullet, cartridge, mortar bomb, mortar round, fuze, fuse,
 shell casing, shell case, cartridge case,
 primer, shell body, tracer, buckshot, artillery round, tank round, projectile, ammunition belt, grapeshot, cannonball,
 blank, cannon ball, musket ball, percussion cap, sabot, bullet casing, cartridge belt, ammunition clip,
 case shot, canister shot, chain shot
ML4: missile, rocket, bomb, mine, grenade, torpedo, launcher, warhead, interceptor, landmine, loitering munition, air
 defence system, air defense system, missile system, rocket system, mine detector, depth charge, rocket motor, missile
 engine, rocket engine, nose cone, torpedo tube, icbm, bomblet, submunition, petard, rpg, manpads, manpad, bomb fuze,
 bomb fuse, mine fuze, mine fuse, missile fuze, missile part, missile component, rocket part, air defence battery, air
 defense battery, launch tube, missile battery, rocket artillery, bomb casing, launch vehicle, mine roller, cluster
 munition, bazooka, katyusha, bomb disposal robot, multiple launch rocket system, multiple rocket launcher, air
 defences, air defenses, anti aircraft system, anti aircraft missile, booby trap, molotov cocktail, improvised
 explosive device, explosive device, nuclear device, ied, mine plough, mine plow, mine clearing charge, smoke canister,
 re entry vehicle, bomb rack, glide kit, radiological device, jdam, iron dome, guided munition,
 precision guided munition, air dropped munition,
 missile airframe, tear gas grenade
ML5: radar, rangefinder, fire control system, fire control computer, targeting pod, gunsight, laser designator,
 periscope, bombsight, weapon sight, thermal sight, telescopic sight, sonar, sonar buoy, sonobuoy,
 range finder, designator, rifle sight,
 tank sight, gun sight, bomb sight, rifle scope, sights, optical sight, gunsights, hydrophone, sniper scope, weapon
 scope, fire director, gun director, laser sight, reflex sight, dial sight, aiming device, radar set, radar unit, radar
 warning receiver, sound locator, radar equipment, radar system, optics, weapon optic
ML6: tank, armoured vehicle, armored vehicle, armoured car, armored car, personnel carrier, fighting vehicle, military
 vehicle, combat vehicle, half track, apc, ifv, tank engine, tank track, tank turret, turret, military truck, army
 truck, bridgelayer, armoured train, military lorry, army lorry, tank chassis, tankette, howitzer tractor, chassis,
 jeep, bridge layer, reconnaissance vehicle, amphibious vehicle, tank destroyer, gun tractor, artillery tractor, scout
 car, armoured truck, armored truck, armoured bulldozer, armored bulldozer, recovery vehicle, tank transporter, troop
 carrier, bren carrier, mine resistant vehicle, armoured lorry, armoured bus, mrap, ground vehicle, bridging vehicle
ML7: gas, tear gas, nerve agent, nerve gas, mustard gas, poison gas, chemical agent, biological agent, chemical weapon,
 sarin, phosgene, novichok, biological weapon, chlorine gas, pepper spray, mustard agent, anthrax, riot control agent,
 lewisite, tabun, soman, ricin, vx, botulin, botulinum toxin, blister agent, blood agent, choking agent, incapacitating
 agent, cs gas, war gas, toxin, toxic agent, tear gas canister, gas mask
ML8: explosive, propellant, gunpowder, powder, nitrocellulose, perchlorate, detonator, rocket fuel, plastic explosive,
 tnt, dynamite, gelignite, lyddite, thermite, cordite, blasting cap, detonating cord, rdx, semtex, nitroglycerine,
 nitroglycerin, guncotton, missile fuel, solid fuel, hexogen, torpedo fuel, picric acid, blasting powder, blasting
 charge, satchel charge, petn, c 4, saltpetre, saltpeter, hydrazine, igniter, safety fuse, detonating fuse, fuse cord,
 squib, flash powder, ammonal, amatol, melinite, tetryl, hmx, octogen, blasting gelatine, detonator cap, propelling
 charge, urea nitrate, rocket grade fuel
ML9: submarine, warship, frigate, destroyer, corvette, gunboat, cruiser, battleship, torpedo boat, patrol boat, missile
 boat, minesweeper, aircraft carrier, patrol vessel, landing craft, landing ship, naval vessel, assault boat,
 minehunter, dreadnought, ironclad, sloop, patrol ship, patrol craft, attack boat, u boat, naval drone, submarine
 engine, attack craft, minelayer, assault craft, destroyer escort, submarine chaser, sub hunter, sub chaser, mine
 layer, mine hunter, mine sweeper, man of war, gun boat, fire ship, fireship, naval ship, combat ship, amphibious ship,
 landing barge, e boat, sea drone, maritime drone, underwater drone, drone boat, unmanned boat, unmanned vessel,
 troopship, war galley, surface vessel, surface vehicle, underwater vehicle, coast guard vessel, coastguard vessel,
 coast guard cutter, coastguard cutter, assault ship, submersible, semi submersible, inflatable boat
ML10: aircraft, drone, helicopter, bomber, jet, warplane, fighter plane, uav, aerial vehicle, gunship, biplane,
 seaplane, glider, rotor blade, aircraft engine, helicopter engine, drone engine, jet engine, quadcopter, zeppelin,
 airship, spy plane, fighter bomber, tiltrotor, flying boat, spy balloon, barrage balloon, observation balloon, jet
 fighter, stealth fighter, night fighter, ejection seat, ejector seat, autogyro, ornithopter, transport plane,
 airframe, hexacopter, octocopter, multicopter, tilt rotor, surveillance balloon, jet trainer, reconnaissance plane
ML11: satellite, jammer, guidance system, guidance unit, military radio, spacecraft, jamming equipment, field radio,
 guidance kit, electronic warfare system, encryption device, navigation system, communications equipment, electronic
 warfare equipment, field telephone, jamming system, cipher machine, code machine, encryption machine, direction
 finder, wireless set, radio set, scrambler phone, avionics, satellite terminal,
 starlink terminal, inertial measurement unit, encryption equipment, telecommunications equipment, listening device
ML13: helmet, body armour, body armor, armour plate, armor plate, flak jacket, bulletproof vest, ballistic vest, armour
 plating, armor plating, protective vest, steel helmet, ballistic helmet, combat helmet, flak vest, armour, armor,
 bullet proof vest, breastplate, ballistic shield, cuirass, ballistic plate, kevlar vest, armoured vest, armored vest,
 armoured glass, bulletproof glass, chain mail, chainmail, plate carrier, riot shield, tactical vest, stab vest
ML15: night vision device, night vision goggle, night vision goggles, thermal camera, thermal imager, night vision
 equipment, night vision sight, infrared camera, image intensifier, thermal imaging camera, night vision scope,
 infrared sight, night scope, thermal scope, night vision monocular, night vision binocular, infrared goggle, thermal
 goggle, thermal viewer, infrared imager, night glasses, night goggle, thermal binocular, thermal optic, thermal
 optics, image intensifier tube, thermal imaging equipment, thermal imaging device
ML18: machine tool, lathe, production line, drilling machine, milling machine, production equipment, assembly line,
 filling machine, shell press, cnc machine, boring machine, grinding machine, filling line, stamping press, machining
 centre, press, mould, rifling machine, production machinery, test stand, casting mould, hydraulic press, turning
 machine, flow forming machine, filament winding machine, coordinate measuring machine, balancing machine, cartridge
 machine, loading machine, propellant mixer, machining center, drop forge, isostatic press, machine tooling, planetary
 mixer, industrial oven, test bench, metalworking machine, numerical control machine, lithography machine, chipmaking
 equipment, mixing machine, winding machine, metalworking machinery, industrial machinery, machining tool
ML21: software, source code, firmware, spyware
ML22: technology, drawing, blueprint, know how, technical data, design data, plan, design, knowhow
DU: gyroscope, chip, microchip, semiconductor, ball bearing, carbon fibre, carbon fiber, aluminium powder, aluminum
 powder, ammonium nitrate, microcontroller, piston engine, servomotor, servo motor, uranium, centrifuge, dual use good,
 dual use goods, optical glass, integrated circuit, maraging steel, circuit board, microprocessor, transistor,
 capacitor, accelerometer, nitric acid, plutonium, roller bearing, dual use item, dual use component, diesel engine,
 carbon fibre tube, vacuum pump, heavy water, precursor chemical, precision bearing, dual use part, dual use
 technology, dual use equipment, titanium, titanium tube, tungsten, beryllium, zirconium, hafnium, niobium, tantalum,
 rhenium, gallium, germanium, boron, tritium, deuterium, thorium, rare earth, oscilloscope, frequency converter,
 frequency changer, spark gap, krytron, thyratron, magnetron, klystron, pressure transducer, mass spectrometer,
 spectrometer, magnetometer, altimeter, yellowcake, thiodiglycol, glass fibre, glass fiber, optical fibre, optical
 fiber, aramid fibre, aramid fiber, kevlar, graphite, bearing steel, ball bearing steel, titanium alloy, aluminium
 alloy, aluminum alloy, nickel alloy, superalloy, aluminium tube, aluminum tube, laser diode, vacuum furnace, induction
 furnace, wafer, silicon wafer, photocell, thermocouple, ring magnet, fermenter, bioreactor, phosphorus trichloride,
 phosphorus oxychloride, hydrogen fluoride, sodium fluoride, thionyl chloride, hexamine, outboard engine, outboard
 motor, marine engine, bearing, chemical, memory chip, computer chip, radio valve, electron tube, photoresist,
 turbocharger, electronics, microelectronics, electronic component, electrical component, electronic part, electronic
 device, electronic equipment, computer equipment, dual use material, dual use product, dual use commodity, gate array,
 frequency inverter, voltage converter, voltage regulator, optical lens, signal generator, spectrum analyser, spectrum
 analyzer, epoxy resin, sulphuric acid, sulfuric acid, sodium chlorate, potassium chlorate, uranium hexafluoride,
 nitrocotton, cotton linter, cotton pulp, gps module, gps receiver, navigation module, flight controller, autopilot,
 infrared sensor, infrared detector, transceiver, oscillator, gas turbine, turbine engine, gas turbine engine,
 rare earth magnet, permanent magnet, chemical precursor, precursor, specialty metal, high strength steel, special
 steel, fibre optic cable, fiber optic cable, processor, power amplifier, two stroke engine, aircraft grade aluminium,
 aircraft grade aluminum, acetone, hydrogen peroxide, toluene
ML3-4: munition, ordnance
ML: arm, weapon, weaponry, materiel, equipment, goods, cargo, materials, military hardware, military supplies, military
 stores, military material, engineering stores, weapons system, sword, sabre, saber, dagger, crossbow, halberd,
 cutlass, rapier, scimitar, trebuchet, siege engine, longbow, broadsword, defence article, defense article,
 war material,
 hardware, contraband, weapons component, weapon part
"""

ENTRY_OF = {
    thing.strip(): entry
    for entry, _, things in (line.partition(":") for line in _ENTRIES.replace("\n ", " ").strip().splitlines())
    for thing in things.split(",")
}
"""The entry of each head; a hyphen is a blank in it."""
LONGEST = max(len(thing.split()) for thing in ENTRY_OF)

PARTS = word_set(
    "part component spare barrel fin engine motor casing case body tube plate cone fuselage wing turret track "
    "seeker booster nozzle trigger bolt breech magazine stock hull rotor turbopump wiring carriage blade lock "
    "copy section tail propeller gearbox periscope tread"
)
"""What belongs to a thing and has its entry: the fins of a bomb, rifle stocks."""
ALONE = word_set("part component spare engine motor casing")
"""Parts that are goods without the name of what they belong to."""
_LISTED = (
    "military defence defense combat tactical riot war lethal non-lethal battlefield army prohibited banned controlled "
    "restricted sanctioned embargoed listed sensitive strategic military-use military-grade dual-use export-controlled"
)
"""What says of a thing of whatever kind that it is for war, or on a list of what may not be sold."""
_PLACES = {
    "barrel": "gun rifle mortar cannon howitzer new spare",
    "charge": "propellant propelling powder explosive demolition depth shaped",
    "vehicle": "armoured armored military combat fighting tracked engineering tactical stryker",
    "round": "live spent blank illumination smoke incendiary high-explosive explosive tracer armour-piercing "
    "armor-piercing dummy practice unfired unexploded guided sabot",
    "system": "missile rocket artillery weapon weapons radar air-defence air-defense anti-aircraft anti-tank "
    "anti-missile launch missile-defence missile-defense",
    **dict.fromkeys(("kit", "gear", "item", "product", "article"), _LISTED),
    "battery": "dome missile artillery rocket howitzer mortar air-defence air-defense gun",
    "boat": "torpedo missile patrol attack assault gun",
    "agent": "nerve chemical biological toxic warfare",
    "plane": "fighter spy military attack war reconnaissance surveillance",
    "craft": "landing patrol attack",
    "radio": "military field army tactical encrypted high-frequency harris",
    "device": "night-vision explosive nuclear",
}
BY_PLACE = {noun: word_set(before) for noun, before in _PLACES.items()}
"""Nouns that are arms by what stands before them alone."""
PLURAL_ONLY = word_set("arm blank plan press design material good spare bearing chemical precursor processor")
"""Nouns that are goods in the plural alone: arms."""
MASS = word_set(
    "ammunition ammo artillery explosive propellant gunpowder powder nitrocellulose armour armor software "
    "technology weaponry materiel equipment ordnance hardware uranium machinery dynamite cordite cargo sarin "
    "plutonium know-how titanium tungsten beryllium zirconium graphite anthrax ricin yellowcake saltpetre "
    "phosgene gelignite lyddite thermite kit gear electronics microelectronics avionics spyware contraband"
)
"""Nouns that stand without an article in the singular."""
NO_MODIFIERS = word_set(
    "other such this that these those its their his her our my your the a an any some several many multiple "
    "countless innumerable myriad "
    "more all both each every no another what which whose first last second third fourth few enough most much "
    "less fewer same only further additional certain various numerous and or of for to in on with from by at "
    "as than so is are was were be been being has have had do does did not nor but if when while said told "
    "says own next previous half twice double triple least about around whatever foreign different similar "
    "no-one nearly almost mere just even also how single total entire whole former latter particular extra "
    "alleged so-called supposed purported suspected said hundreds thousands dozens scores millions tens dozen "
    "hundred thousand million billion score odd"
)
"""Words that no item begins with."""
PACKAGES_OF = word_set("container crate box pallet case barrel round unit piece")
"""Packages wherever they stand."""
LOADS = word_set(
    "batch lot tranche consignment wagon truck lorry train sack bag drum bundle chest trunk barge cart tray "
    "tin parcel package carton keg cask load stack belt magazine basket bucket shipload van pack bale "
    "canister coffin locker trailer wagonful railcar cylinder can bin set packet pair pile heap row roll coil "
    "hamper suitcase mule donkey camel sled barrow raft boat ferry car coach jeep pickup bus rucksack jar "
    "flask bottle tub stock stick reel spool clip pouch drawer shelf skip vat wheelbarrow rack holdall crateful "
    "briefcase satchel backpack ship freighter plane coffer envelope cache hoard stash cask casket jerrycan skiff dhow "
    "sledge sleigh trolley pram handcart oxcart tanker hopper vat pail urn vial phial ampoule tube hatbox shoebox "
    "toolbox strongbox lunchbox cupboard wardrobe cabinet safe squadron battery column fleet flotilla bandolier "
    "firkin hogshead demijohn carboy tun puncheon kilderkin pannier creel crock jug churn ewer caddy punnet crucible "
    "cauldron kettle amphora pitcher tureen trough bin-bag sackful pouchful hatful cupful capful hodful tumbril dray "
    "travois litter saddlebag valise portmanteau duffel kitbag haversack footlocker coffer creelful tankard bowl dish "
    "pot pan saucepan stein jeroboam phial carafe bowser rail-car boxcar gondola flatcar lighter scow junk sampan punt "
    "canoe kayak dinghy yacht trawler tug sidecar caravan minibus tractor handbag basketful strip swathe stacked tier "
    "wrapper sheaf wad brace bucketful armful trainload barrowload cartridge-belt"
)
"""Packages where they stand before "of" and the goods."""
EVENTS = word_set("shipment delivery flight voyage transfer attack launch test strike case time")
