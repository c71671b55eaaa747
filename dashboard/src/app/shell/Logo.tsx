import { Link } from '@tanstack/react-router';

export function Logo() {
  return (
    <Link
      to='/'
      className='inline-flex items-center gap-2.5 self-start rounded-lg px-1 py-1 font-semibold tracking-tight'
    >
      <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt='' className='size-7' />
      Replyloop
    </Link>
  );
}
