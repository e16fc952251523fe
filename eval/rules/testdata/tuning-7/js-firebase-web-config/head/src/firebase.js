import { initializeApp } from 'firebase/app';
import { initializeAppCheck, ReCaptchaEnterpriseProvider } from 'firebase/app-check';
import { getAuth, onAuthStateChanged } from 'firebase/auth';
import { getFirestore } from 'firebase/firestore';

const firebaseConfig = {
  apiKey: 'AIzaSyD3xkV0bQm7rT1uWn5eYpH8cLsJf2GaZ4o',
  authDomain: 'werkstatt-planer.firebaseapp.com',
  projectId: 'werkstatt-planer',
  storageBucket: 'werkstatt-planer.appspot.com',
  messagingSenderId: '584019237711',
  appId: '1:584019237711:web:9c27d4be13f06a58e2b1d7',
};

const RECAPTCHA_SITE_KEY = '6LcQx0AqAAAAAJ3b9uVtYw1mKfP7sR2nXzE5hGdT';

const app = initializeApp(firebaseConfig);

initializeAppCheck(app, {
  provider: new ReCaptchaEnterpriseProvider(RECAPTCHA_SITE_KEY),
  isTokenAutoRefreshEnabled: true,
});

export const auth = getAuth(app);
export const db = getFirestore(app);

export function currentUser() {
  return new Promise((resolve, reject) => {
    const stop = onAuthStateChanged(
      auth,
      (user) => {
        stop();
        resolve(user);
      },
      reject,
    );
  });
}
