import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { useAnswer } from './use-answer.ts';

const ASK = () => Promise.reject(new Error('the database is closed'));

function Asking() {
  const answer = useAnswer(ASK, 'list of pictures');
  return <p>{answer.kind === 'failed' ? `${answer.text.sentence} ${answer.text.nextStep}` : answer.kind}</p>;
}

test('an answer that cannot be read is called unreadable, and nothing is said of an export', async () => {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  root.render(<Asking />);
  await expect
    .element(page.getByText('The list of pictures could not be read (the database is closed).'))
    .not.toHaveTextContent('export');
});
