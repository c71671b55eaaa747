/** What a new account has: the properties that matter here and the default pipeline. */
import type { Kind, Pipeline, Property } from './records.ts';

const text = (name: string, label: string, rest: Partial<Property> = {}): Property => ({
  name,
  label,
  type: 'string',
  fieldType: 'text',
  groupName: 'contactinformation',
  ...rest,
});

export const defaultProperties: Record<Kind, Property[]> = {
  contacts: [
    text('email', 'Email', { hasUniqueValue: true }),
    text('firstname', 'First Name'),
    text('lastname', 'Last Name'),
    text('company', 'Company Name'),
    text('jobtitle', 'Job Title'),
    text('website', 'Website URL'),
    text('phone', 'Phone Number', { fieldType: 'phonenumber' }),
    text('hs_linkedin_url', 'LinkedIn URL'),
    text('message', 'Message', { fieldType: 'textarea' }),
    text('reply_kind', 'Kind of reply'),
    text('outreach_campaign', 'Outreach campaign'),
    text('outreach_stopped', 'Outreach stopped', {
      type: 'enumeration',
      fieldType: 'booleancheckbox',
      options: ['true', 'false'],
    }),
    text('lifecyclestage', 'Lifecycle Stage', {
      type: 'enumeration',
      fieldType: 'radio',
      options: ['lead', 'opportunity', 'customer'],
    }),
    text('hs_email_optout', 'Unsubscribed from all email', {
      type: 'bool',
      fieldType: 'booleancheckbox',
      readOnly: true,
      options: ['true', 'false'],
    }),
    text('hs_object_id', 'Record ID', { type: 'number', fieldType: 'number', readOnly: true }),
  ],
  deals: [
    text('dealname', 'Deal Name', { groupName: 'dealinformation' }),
    text('pipeline', 'Pipeline', { groupName: 'dealinformation', type: 'enumeration', fieldType: 'select' }),
    text('dealstage', 'Deal Stage', {
      groupName: 'dealinformation',
      type: 'enumeration',
      fieldType: 'radio',
    }),
    text('amount', 'Amount', { groupName: 'dealinformation', type: 'number', fieldType: 'number' }),
    text('deal_currency_code', 'Currency', {
      groupName: 'dealinformation',
      type: 'enumeration',
      fieldType: 'select',
    }),
  ],
};

const stage = (id: string, label: string, displayOrder: number, probability: string, isClosed = 'false') => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed, probability },
});

export const defaultPipelines: Pipeline[] = [
  {
    id: 'default',
    label: 'Sales Pipeline',
    displayOrder: 0,
    stages: [
      stage('newreply', 'New reply', 0, '0.1'),
      stage('appointmentscheduled', 'Appointment Scheduled', 1, '0.2'),
      stage('qualifiedtobuy', 'Qualified To Buy', 2, '0.4'),
      stage('contractsent', 'Contract Sent', 3, '0.9'),
      stage('closedwon', 'Closed Won', 4, '1.0', 'true'),
      stage('closedlost', 'Closed Lost', 5, '0.0', 'true'),
    ],
  },
  {
    id: '71640122',
    label: 'Partners',
    displayOrder: 1,
    stages: [stage('1300551', 'First talk', 0, '0.2'), stage('1300552', 'Signed', 1, '1.0', 'true')],
  },
];
