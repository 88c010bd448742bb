import type { Random } from './random.ts';
import { createDraw, list } from './random.ts';

/** The quarters of the demonstration municipality (handbook: product.md); the place gives the account number. */
export const quarters = list(`
  الأمل، الكتيبة، المنارة، الشيخ ناصر، السطر الشرقي، السطر الغربي، معن، قيزان النجار، جورة اللوت،
  المحطة، البطن السمين، القرين، المواصي، الربوات الغربية
`);

const streets = list(`
  شارع جلال، شارع البحر، شارع صلاح الدين، شارع جمال عبد الناصر، شارع أبو حميد، شارع القلعة،
  شارع السوق، شارع المستشفى، شارع المدارس، شارع الشهداء، شارع النص، شارع الخمسة
`);

const landmarks = list(`
  مسجد النور، مدرسة القدس، مفترق الظهرا، محطة الوقود، المسجد الكبير، بئر البلدية، العيادة،
  مخبز الأمل
`);

const drawStreet = createDraw(streets, 0.6);
const drawLandmark = createDraw(landmarks, 0.3);

export function makeAddress(random: Random): string {
  const street = drawStreet(random);
  if (random.chance(0.35)) return `${street}، قرب ${drawLandmark(random)}`;
  return `${street}، منزل ${random.between(1, 240)}`;
}
